using System.Globalization;
using System.Text;

namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>
/// Writes a dump of any size, of invented rows with the proportions of the real one: ten tracks a release, a recording for each seven
/// tenths of a track, half an artist for each release.
/// </summary>
internal sealed class InventedDump(string folder, long tracks, int seed) : IDisposable
{
    private const int TracksOfRelease = 10;

    private static readonly string[] Words =
    [
        "the", "love", "night", "of", "Björk", "дождь", "夜", "blue", "river", "song", "in", "a", "minor", "symphony", "no.", "live", "at",
            "remix", "(feat.", "you", "حب", "한", "train",
    ];

    private readonly Dictionary<string, StreamWriter> _tables = [];
    private readonly Random _random = new(seed);
    private readonly StringBuilder _name = new();

    /// <summary>Writes it.</summary>
    public void Write()
    {
        _ = Directory.CreateDirectory(Path.Combine(folder, "mbdump"));
        File.WriteAllText(Path.Combine(folder, "SCHEMA_SEQUENCE"), "31\n");
        File.WriteAllText(Path.Combine(folder, "TIMESTAMP"), "2026-05-27 00:21:24.123456+00\n");
        foreach (var table in new[] { "artist_gid_redirect", "release_gid_redirect", "recording_gid_redirect", "track_gid_redirect",
            "release_unknown_country" })
        {
            _ = Table(table);
        }

        var releases = Math.Max(1, tracks / TracksOfRelease);
        var artists = Math.Max(2, releases / 2);
        var recordings = Math.Max(1, tracks * 7 / 10);
        WriteArtists(artists);
        WriteReleases(releases, artists);
        WriteRecordings(recordings, artists);
        for (var track = 1L; track <= tracks; track++)
        {
            // Most stand on one release; the others are spread over all.
            var recording = track <= recordings ? track : 1 + (long)(_random.NextDouble() * _random.NextDouble() * recordings);
            var (release, position) = Math.DivRem(track - 1, TracksOfRelease);
            var length = _random.Next(8) == 0 ? (int?)null : _random.Next(60_000, 400_000);
            Row("track", track, Mbid(), recording, 1 + release, 1 + position, 1 + position, Name(), 1 + _random.NextInt64(artists), length,
                0, "2026-05-01 00:00:00+00", false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var table in _tables.Values)
        {
            table.Dispose();
        }
    }

    private void WriteArtists(long artists)
    {
        for (var artist = 1L; artist <= artists; artist++)
        {
            Row("artist", artist, Mbid(), Name(), "sort", 1970, null, null, null, null, null, 1, 222, null, "", 0, "2026-05-01 00:00:00+00",
                false, null, null);
            Row("artist_credit_name", artist, 0, artist, "credited", "");
            Row("artist_meta", artist, null, artist % 20 == 0 ? _random.Next(1, 50) : null);
            if (artist % 10 == 0)
            {
                Row("artist_credit_name", artist, 1, 1 + _random.NextInt64(artists), "credited", " feat. ");
                Row("artist_tag", artist, 1 + _random.Next(3), _random.Next(1, 9), null);
            }
        }

        for (var genre = 1; genre <= 3; genre++)
        {
            Row("genre", genre, Mbid(), $"genre {genre}", "", 0, null);
            Row("tag", genre, $"genre {genre}", 1);
        }
    }

    private void WriteReleases(long releases, long artists)
    {
        for (var release = 1L; release <= releases; release++)
        {
            var group = 1 + (release * 8 / 10);
            var barcode = _random.Next(2) == 0 ? $"{_random.NextInt64(1_000_000_000_000):D13}" : null;
            Row("release", release, Mbid(), Name(), 1 + _random.NextInt64(artists), group, 1, null, 120, 28, barcode, "", 0, -1, null);
            Row("release_group", release, Mbid(), "group", 1, 1 + _random.Next(3), "", 0, null);
            Row("release_group_meta", release, 1, 1999, 1, 1, null, null);
            Row("medium", release, release, 1, 1, "", 0, null, TracksOfRelease, Mbid());
            var day = release % 3 == 0 ? (int?)null : _random.Next(1, 29);
            Row("release_country", release, 222, _random.Next(1950, 2026), _random.Next(1, 13), day);
            Row("release_label", release, release, 1 + _random.NextInt64(1 + (releases / 20)), "CAT", null);
            if (release % 2 == 0)
            {
                Row("cover_art_archive.cover_art", 10_000_000_000 + release, release, "", 1, 1, "2026-05-01", 0, "image/jpeg", 1, 1, 1, 1);
                Row("cover_art_archive.cover_art_type", 10_000_000_000 + release, 1);
            }

            if (release % 10 == 0)
            {
                Row("release_group_secondary_type_join", release, 1, null);
            }
        }

        for (var label = 1L; label <= 1 + (releases / 20); label++)
        {
            Row("label", label, Mbid(), Name(), null, null, null, null, null, null, null, null, null, "", 0, null, false);
        }
    }

    private void WriteRecordings(long recordings, long artists)
    {
        for (var recording = 1L; recording <= recordings; recording++)
        {
            Row("recording", recording, Mbid(), "a name of its own", 1 + _random.NextInt64(artists), _random.Next(60_000, 400_000), "", 0,
                "2026-05-01 00:00:00+00", false);
            Row("recording_meta", recording, null, recording % 200 == 0 ? 1 : null);
            if (recording % 7 == 0)
            {
                Row("isrc", recording, recording, $"QZAAA{recording % 10_000_000:D7}", 0, null);
            }

            if (recording % 50 == 0)
            {
                Row("recording_gid_redirect", Mbid(), recording, null);
            }
        }
    }

    private string Name()
    {
        _ = _name.Clear();
        for (var words = 1 + _random.Next(5); words > 0; words--)
        {
            _ = _name.Append(_name.Length > 0 ? " " : "").Append(Words[_random.Next(Words.Length)]);
        }

        return _name.Append(' ').Append(_random.Next(100_000)).ToString();
    }

    private Guid Mbid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private StreamWriter Table(string name)
    {
        if (!_tables.TryGetValue(name, out var table))
        {
            table = new StreamWriter(Path.Combine(folder, "mbdump", name), append: false, new UTF8Encoding(false), 1 << 16);
            _tables.Add(name, table);
        }

        return table;
    }

    private void Row(string table, params ReadOnlySpan<object?> columns)
    {
        var writer = Table(table);
        for (var i = 0; i < columns.Length; i++)
        {
            writer.Write(i > 0 ? "\t" : "");
            writer.Write(columns[i] is long number ? number.ToString(CultureInfo.InvariantCulture) : DumpFiles.Escape(columns[i]));
        }

        writer.Write('\n');
    }
}
