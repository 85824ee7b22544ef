using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Compact.Coding;

/// <summary>How the ISRC of a track is written. Its last seven digits are a year and a running number.</summary>
internal enum IsrcKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Anything that is not regular, as a text.</summary>
    Other,

    /// <summary>Five characters as a text, seven digits as three bytes.</summary>
    Whole,

    /// <summary>The five characters of the track before, seven digits as three bytes.</summary>
    SameRegistrant,

    /// <summary>The five characters of the track before, and how much higher the digits are than its.</summary>
    Near,
}

/// <summary>How a title is written that mostly is, or is part of, the track's name.</summary>
internal enum TitleKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The name.</summary>
    Name,

    /// <summary>Part of the name: where it begins and its length.</summary>
    Part,

    /// <summary>Another text.</summary>
    Other,
}

/// <summary>Writes the tracks of an album.</summary>
internal sealed class TrackColumns(RecordWriter record, UrlWriter urls)
{
    /// <summary>Characters of a regular ISRC, and of them before its digits.</summary>
    public const int IsrcLength = 12;

    /// <summary>Country and registrant of an ISRC.</summary>
    public const int IsrcHead = 5;

    /// <summary>Digits of an ISRC.</summary>
    public const int IsrcDigits = IsrcLength - IsrcHead;

    private const int NearIsrc = 63;
    private const int ShortestPart = 3;

    /// <summary>Adds all tracks.</summary>
    /// <param name="row">The row of the record: the lowest key.</param>
    /// <param name="records">The tracks in the order of their keys.</param>
    /// <param name="artists">The numbers of artists in the record.</param>
    public void Add(long row, CatalogRecords records, Dictionary<CatalogKey, int> artists)
    {
        var tracks = records.Tracks;
        var before = row - 1;
        foreach (ref readonly var track in tracks)
        {
            record.AddSigned(track.Key.Value - before - 1);
            before = track.Key.Value;
        }

        foreach (ref readonly var track in tracks)
        {
            record.AddId(records.Text(track.Id));
        }

        foreach (ref readonly var track in tracks)
        {
            record.AddText(records.Text(track.Name));
        }

        AddIsrcs(records);
        foreach (ref readonly var track in tracks)
        {
            record.AddSigned(track.DurationMs);
        }

        foreach (ref readonly var track in tracks)
        {
            record.AddUnsigned((track.Explicit ? 1 : 0) + (track.HasLyrics switch { null => 0, false => 2, true => 4 }));
        }

        foreach (ref readonly var track in tracks)
        {
            record.AddSigned(track.Popularity);
        }

        var (disc, number) = (1L, 0L);
        foreach (ref readonly var track in tracks)
        {
            record.AddSigned(track.DiscNumber - disc);
            record.AddSigned(track.TrackNumber - number - 1);
            (disc, number) = (track.DiscNumber, track.TrackNumber);
        }

        foreach (ref readonly var track in tracks)
        {
            urls.Add(record, records.Text(track.PreviewUrl), []);
        }

        foreach (ref readonly var track in tracks)
        {
            var credits = records.Credits(track.Artists);
            record.AddUnsigned(credits.Length);
            foreach (var artist in credits)
            {
                record.AddUnsigned(artists[artist]);
            }
        }

        foreach (ref readonly var track in tracks)
        {
            AddTitle(records.Text(track.OriginalTitle), records.Text(track.Name));
            AddTitle(records.Text(track.VersionTitle), records.Text(track.Name));
        }

        foreach (ref readonly var track in tracks)
        {
            AddCodes(records, track.Languages, 0);
        }

        foreach (ref readonly var track in tracks)
        {
            AddCodes(records, track.ArtistRoles, track.Artists.Count);
        }
    }

    private void AddIsrcs(CatalogRecords records)
    {
        ReadOnlySpan<byte> before = [];
        Span<byte> bytes = stackalloc byte[DigitCode.MaxSize];
        foreach (ref readonly var track in records.Tracks)
        {
            var isrc = records.Text(track.Isrc);
            if (isrc.Length != IsrcLength || DigitCode.TryEncode(isrc[IsrcHead..], bytes) is var size && size == 0)
            {
                record.AddUnsigned((long)(isrc.IsEmpty ? IsrcKind.None : IsrcKind.Other));
                if (!isrc.IsEmpty)
                {
                    record.AddText(isrc);
                }

                continue;
            }

            var isSame = !before.IsEmpty && before[..IsrcHead].SequenceEqual(isrc[..IsrcHead]);
            var step = isSame ? Digits(isrc) - Digits(before) : 0;
            if (isSame && Math.Abs(step) <= NearIsrc)
            {
                record.AddUnsigned((long)IsrcKind.Near);
                record.AddSigned(step);
            }
            else
            {
                record.AddUnsigned((long)(isSame ? IsrcKind.SameRegistrant : IsrcKind.Whole));
                if (!isSame)
                {
                    record.AddCoded(isrc[..IsrcHead]);
                }

                record.AddRaw(bytes[..size]);
            }

            before = isrc;
        }
    }

    private static int Digits(ReadOnlySpan<byte> isrc) => int.Parse(isrc[IsrcHead..], System.Globalization.CultureInfo.InvariantCulture);

    private void AddTitle(ReadOnlySpan<byte> title, ReadOnlySpan<byte> name)
    {
        if (title.IsEmpty)
        {
            record.AddUnsigned((long)TitleKind.None);
        }
        else if (title.SequenceEqual(name))
        {
            record.AddUnsigned((long)TitleKind.Name);
        }
        else if (title.Length >= ShortestPart && name.IndexOf(title) is var start and >= 0)
        {
            record.AddUnsigned((long)TitleKind.Part);
            record.AddUnsigned(start);
            record.AddUnsigned(title.Length);
        }
        else
        {
            record.AddUnsigned((long)TitleKind.Other);
            record.AddText(title);
        }
    }

    /// <summary>Adds a list; mostly there are as many as expected.</summary>
    private void AddCodes(CatalogRecords records, ListRange list, int expected)
    {
        record.AddSigned(list.Count - expected);
        foreach (var text in records.Texts(list))
        {
            record.AddCoded(records.Text(text));
        }
    }
}
