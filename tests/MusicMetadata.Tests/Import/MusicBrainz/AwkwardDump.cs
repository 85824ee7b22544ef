namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>
/// A small dump with one of everything that is awkward. Its MBIDs tell what they are of: the last digits are the number of the row.
/// </summary>
internal static class AwkwardDump
{
    /// <summary>A name with all that COPY escapes.</summary>
    public const string EscapedName = "Back\\slash\tTab\nLine\rReturn\bBell\fFeed\vVertical \\N \\.";

    /// <summary>Names in every script that the catalog is likely to have.</summary>
    public static readonly string[] Scripts =
        ["Björk", "Кино", "Μίκης", "坂本龍一", "서태지", "فيروز", "שׁלמה", "ลูกทุ่ง", "हिन्दी", "😀𝔘", "N\u0303", ""];

    /// <summary>An MBID: of artists <c>a</c>, releases <c>b</c>, tracks <c>c</c>, recordings <c>d</c>, merged ones <c>e</c>.</summary>
    public static Guid Mbid(char kind, int number) => new($"{new string(kind, 8)}-0000-4000-8000-{number:D12}");

    /// <summary>The dump.</summary>
    public static DumpFiles Create()
    {
        var dump = new DumpFiles();
        AddArtists(dump);
        AddReleases(dump);
        AddTracks(dump);
        return dump;
    }

    private static void AddArtists(DumpFiles dump)
    {
        Artist(1, "Various Artists");
        Artist(7, "Seventh");

        // Rows that were edited stand behind those that were not: tables are in no order.
        Artist(3, EscapedName);
        Artist(2, "Second");
        for (var i = 0; i < Scripts.Length; i++)
        {
            Artist(20 + i, Scripts[i]);
        }

        Credit(1, 0, 1, "Various Artists", "");
        Credit(2, 0, 2, "Second", "");

        // Seven comes first, though its number is higher, and under another name; two is credited twice; 99 is not in the dump.
        Credit(3, 1, 2, "Second", " & ");
        Credit(3, 0, 7, "The 7", " feat. ");
        Credit(3, 3, 2, "Second again", "");
        Credit(3, 2, 3, "Third", " with ");
        Credit(4, 0, 99, "Nobody", "");
        dump.Add("artist_gid_redirect", Mbid('e', 1), 2, null);
        dump.Add("artist_gid_redirect", Mbid('e', 2), 98, null);
        dump.Add("artist_meta", 2, 80, 15);
        dump.Add("artist_meta", 3, null, null);
        dump.Add("genre", 1, Guid.NewGuid(), "rock", "", 0, null).Add("genre", 2, Guid.NewGuid(), "trip hop", "", 0, null)
            .Add("genre", 3, Guid.NewGuid(), "jazz", "", 0, null);
        dump.Add("tag", 11, "rock", 1).Add("tag", 12, "trip hop", 1).Add("tag", 13, "seen live", 1).Add("tag", 14, "jazz", 1);
        dump.Add("artist_tag", 2, 11, 3, null).Add("artist_tag", 2, 12, 8, null).Add("artist_tag", 2, 13, 9, null)
            .Add("artist_tag", 2, 14, -1, null);
        dump.Add("artist_tag", 99, 11, 1, null);

        void Artist(int id, string name) =>
            dump.Add("artist", id, id == 1 ? new Guid("89ad4ac3-39f7-470e-963a-56509c546377") : Mbid('a', id), name, name, null, null, null,
                null, null, null, 1, null, null, "", 0, null, false, null, null);

        void Credit(int credit, int position, int artist, string name, string joinPhrase) =>
            dump.Add("artist_credit_name", credit, position, artist, name, joinPhrase);
    }

    private static void AddReleases(DumpFiles dump)
    {
        for (var group = 1; group <= 6; group++)
        {
            // An album, a single, an EP, a compilation, one without a type, a broadcast that is live.
            dump.Add("release_group", group, Guid.NewGuid(), "Group", 2, new object?[] { 1, 2, 3, 1, null, 12 }[group - 1], "", 0, null);
        }

        dump.Add("release_group_secondary_type_join", 4, 1, null).Add("release_group_secondary_type_join", 6, 6, null);
        dump.Add("release_group_meta", 1, 3, 1999, null, null, 90, 2).Add("release_group_meta", 2, 1, null, null, null, null, null);
        dump.Add("label", 5, Guid.NewGuid(), "Fifth Label", null, null, null, null, null, null, null, null, null, "", 0, null, false);
        dump.Add("label", 6, Guid.NewGuid(), "Sixth Label", null, null, null, null, null, null, null, null, null, "", 0, null, false);

        Release(12, "Two Discs", 3, 1, "0123456789012");
        Release(11, "The Album", 2, 1, "");
        Release(13, EscapedName, 2, 1, null);
        Release(14, "A Single", 2, 2, null);
        Release(15, "An EP", 2, 3, null);
        Release(16, "Hits", 1, 4, null);
        Release(17, "No type", 2, 5, null);
        Release(18, "Broadcast", 4, 6, null);
        Release(19, "Twenty discs", 2, 99, null);
        dump.Add("release_gid_redirect", Mbid('e', 3), 11, null);

        // The earliest date; of those in one month, the one that is known better.
        dump.Add("release_country", 11, 222, 1999, 5, null).Add("release_country", 11, 81, 1999, 5, 3)
            .Add("release_country", 11, 13, 2001, 1, 1);
        dump.Add("release_country", 12, 222, 1985, null, 9).Add("release_unknown_country", 14, 1970, 2, null)
            .Add("release_country", 15, 222, null, null, null);
        dump.Add("release_unknown_country", 77, 1970, 2, null);
        dump.Add("release_label", 2, 11, 6, "CAT 2", null).Add("release_label", 1, 11, 5, "CAT 1", null)
            .Add("release_label", 3, 12, null, "CAT 3", null);
        dump.Add("release_label", 4, 13, 55, null, null);

        // The front that comes first; of 12 only a back is there.
        Cover(9001, 11, 3, 1);
        Cover(9002, 11, 2, 1);
        Cover(9003, 11, 1, 2);
        Cover(9004, 12, 1, 2);
        dump.Add("cover_art_archive.cover_art_type", 9002, 2);
        dump.Add("cover_art_archive.art_type", 1, "Front", null, 0, null, Guid.NewGuid());

        void Release(int id, string name, int credit, int group, string? barcode) =>
            dump.Add("release", id, Mbid('b', id), name, credit, group, 1, null, 120, 28, barcode, "", 0, -1, null);

        void Cover(long id, int release, int ordering, int type)
        {
            dump.Add("cover_art_archive.cover_art", id, release, "", 1, ordering, "2026-01-01", 0, "image/jpeg", 1, 1, 1, 1);
            dump.Add("cover_art_archive.cover_art_type", id, type);
        }
    }

    private static void AddTracks(DumpFiles dump)
    {
        for (var recording = 1; recording <= 8; recording++)
        {
            dump.Add("recording", recording, Mbid('d', recording), "Recording", 2, recording == 1 ? 200_000 : null, "", 0, null, false);
        }

        dump.Add("recording_gid_redirect", Mbid('e', 4), 1, null);
        dump.Add("recording_meta", 1, 60, 2).Add("recording_meta", 2, null, null);

        // The first that was entered comes first, not the first by letters.
        dump.Add("isrc", 2, 1, "GBAYE0601498", 0, null).Add("isrc", 1, 1, "USTQ48508655", 0, null)
            .Add("isrc", 3, 1, "AAAAA0000001", 0, null);
        dump.Add("isrc", 4, 2, "GBAYE0601498", 0, null).Add("isrc", 5, 77, "GBAYE0601498", 0, null);

        Medium(101, 11, 1);
        Medium(103, 12, 2);
        Medium(102, 12, 1);
        Medium(104, 13, 1);
        Medium(105, 14, 1);
        Medium(106, 15, 1);
        Medium(107, 16, 1);
        Medium(108, 66, 1);
        for (var disc = 1; disc <= 20; disc++)
        {
            Medium(200 + disc, 19, disc);
            Track(1000 + disc, 8, 200 + disc, 1, "Of disc", 2, 1000 + disc);
        }

        Track(1, 1, 101, 1, "Opening", 2, 201_000);
        Track(3, 3, 101, 3, "Data", 2, null, isData: true);
        Track(2, 2, 101, 2, "Duet", 3, null);
        Track(4, 1, 102, 1, "Opening again", 3, null);
        Track(5, 4, 102, 0, "Before the first", 2, 9_000);
        Track(6, 5, 103, 1, EscapedName, 2, 1);
        Track(7, 1, 104, 1, "Third place of the first recording", 2, null);
        Track(8, 1, 107, 1, "Hit", 3, null);
        Track(9, 6, 107, 2, "By somebody else", 2, null);
        Track(10, 88, 105, 1, "Its recording is not in the dump", 2, 5_000);
        Track(11, 6, 999, 1, "Its medium is not in the dump", 2, null);
        Track(12, 6, 108, 1, "Its release is not in the dump", 2, null);
        for (var i = 0; i < Scripts.Length; i++)
        {
            Track(20 + i, 7, 106, i + 1, Scripts[i], 2, 1);
        }

        dump.Add("track_gid_redirect", Mbid('e', 5), 2, null);
        dump.Add("work", 1, "Not read");
        dump.Add("annotation", 1, 1, "Not read");

        void Medium(int id, int release, int position) =>
            dump.Add("medium", id, release, position, 1, "", 0, null, 3, Guid.NewGuid());

        void Track(int id, int recording, int medium, int position, string name, int credit, int? length, bool isData = false) =>
            dump.Add("track", id, Mbid('c', id), recording, medium, position, "A" + position, name, credit, length, 0, null, isData);
    }
}
