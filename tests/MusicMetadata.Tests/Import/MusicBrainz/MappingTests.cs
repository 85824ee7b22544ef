using MusicMetadata.Import.MusicBrainz;

namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>What becomes of a dump: every row of the table in docs/musicbrainz.md.</summary>
public class MappingTests(ImportedCatalog catalog) : IClassFixture<ImportedCatalog>
{
    [Fact]
    public void Ids_are_the_MBIDs_in_base62() =>
        Assert.Equal(Id('b', 11), Text("SELECT id FROM albums WHERE rowid = 11"));

    [Fact]
    public void Every_artist_is_there_with_its_own_name() =>
        Assert.Equal(
            ["Various Artists", "Second", AwkwardDump.EscapedName, "Seventh", .. AwkwardDump.Scripts],
            DemoCatalogs.Texts(catalog.Main, "SELECT name FROM artists ORDER BY rowid"));

    [Fact]
    public void Artists_of_a_track_stand_in_the_order_of_its_credit() =>
        Assert.Equal(["7", "2", "3", "2"], ArtistsOf('c', 2));

    [Fact]
    public void Artists_of_an_album_stand_in_the_order_of_its_credit_once() =>
        Assert.Equal(["7", "2", "3"], DemoCatalogs.Texts(catalog.Main,
            "SELECT artist_rowid FROM artist_albums WHERE album_rowid = 12 AND index_in_album IS NOT NULL ORDER BY index_in_album"));

    [Fact]
    public void Artists_of_tracks_only_appear_on_the_album() =>
        Assert.Equal(["7 1", "2 1", "3 1"], DemoCatalogs.Texts(
            catalog.Main, "SELECT artist_rowid || ' ' || is_appears_on FROM artist_albums WHERE album_rowid = 16 AND index_in_album IS "
            + "NULL ORDER BY rowid"));

    [Fact]
    public void Various_Artists_is_an_artist_like_any_other() =>
        Assert.Equal("Various Artists", Text(
            "SELECT name FROM artists JOIN artist_albums ON artists.rowid = artist_rowid WHERE album_rowid = 16 AND index_in_album = 0"));

    [Theory]
    [InlineData(11, "album")]
    [InlineData(14, "single")]
    [InlineData(15, "album")]
    [InlineData(16, "compilation")]
    [InlineData(17, "album")]
    [InlineData(18, "album")]
    [InlineData(19, "album")]
    public void The_type_is_that_of_the_release_group(int release, string type) =>
        Assert.Equal(type, Text($"SELECT album_type FROM albums WHERE rowid = {release}"));

    [Theory]
    [InlineData(11, "1999-05-03", "day")]
    [InlineData(12, "1985", "year")]
    [InlineData(13, "0000", "year")]
    [InlineData(14, "1970-02", "month")]
    [InlineData(15, "0000", "year")]
    public void The_date_is_the_earliest_of_all_release_events(int release, string date, string precision) =>
        Assert.Equal($"{date} {precision}",
            Text($"SELECT release_date || ' ' || release_date_precision FROM albums WHERE rowid = {release}"));

    [Theory]
    [InlineData(11, "Fifth Label")]
    [InlineData(12, "")]
    [InlineData(13, "")]
    public void The_label_is_the_first_one(int release, string label) =>
        Assert.Equal(label, Text($"SELECT label FROM albums WHERE rowid = {release}"));

    [Fact]
    public void The_barcode_is_the_UPC_and_an_empty_one_none()
    {
        Assert.Equal("0123456789012", Text("SELECT external_id_upc FROM albums WHERE rowid = 12"));
        Assert.Equal("2", Text("SELECT count(*) FROM albums WHERE rowid IN (11, 13) AND external_id_upc IS NULL"));
    }

    [Fact]
    public void The_cover_is_the_first_front_in_three_sizes() =>
        Assert.Equal(
            new[] { 1200, 500, 250 }.Select(
                size => $"{size} {size} https://coverartarchive.org/release/{AwkwardDump.Mbid('b', 11)}/9002-{size}.jpg"),
            DemoCatalogs.Texts(catalog.Main, "SELECT width || ' ' || height || ' ' || url FROM album_images ORDER BY rowid"));

    [Fact]
    public void Tracks_stand_by_medium_and_position_with_pregap_and_data_tracks() =>
        Assert.Equal(
            ["11 1.1", "11 1.2", "11 1.3", "12 1.0", "12 1.1", "12 2.1"],
            DemoCatalogs.Texts(catalog.Main, "SELECT album_rowid || ' ' || disc_number || '.' || track_number FROM tracks WHERE "
                + "album_rowid IN (11, 12) ORDER BY rowid"));

    [Fact]
    public void Twenty_discs_are_twenty_discs() =>
        Assert.Equal("20 20 20", Text("SELECT total_tracks || ' ' || (SELECT count(*) FROM tracks WHERE album_rowid = 19) || ' ' || "
            + "(SELECT max(disc_number) FROM tracks) FROM albums WHERE rowid = 19"));

    [Theory]
    [InlineData(1, 201_000)]
    [InlineData(4, 200_000)]
    [InlineData(2, 0)]
    public void The_length_is_that_of_the_track_or_else_of_the_recording(int track, int length) =>
        Assert.Equal($"{length}", Text($"SELECT duration_ms FROM tracks WHERE id = '{Id('c', track)}'"));

    [Fact]
    public void The_first_ISRC_that_was_entered_is_in_the_row_and_the_others_in_a_table()
    {
        Assert.Equal("USTQ48508655", Text($"SELECT external_id_isrc FROM tracks WHERE id = '{Id('c', 1)}'"));
        Assert.Equal(["GBAYE0601498", "AAAAA0000001"], DemoCatalogs.Texts(
            catalog.Main, $"SELECT isrc FROM musicbrainz_isrcs JOIN tracks ON tracks.rowid = track_rowid WHERE id = '{Id('c', 1)}' ORDER "
            + $"BY musicbrainz_isrcs.rowid"));
        Assert.Equal("1", Text($"SELECT external_id_isrc IS NULL FROM tracks WHERE id = '{Id('c', 3)}'"));
    }

    [Fact]
    public void Names_are_unescaped() =>
        Assert.Equal(AwkwardDump.EscapedName, Text($"SELECT name FROM tracks WHERE id = '{Id('c', 6)}'"));

    [Fact]
    public void Names_are_in_every_script() =>
        Assert.Equal(AwkwardDump.Scripts,
            DemoCatalogs.Texts(catalog.Main, "SELECT name FROM tracks WHERE album_rowid = 15 ORDER BY rowid"));

    [Fact]
    public void Genres_are_the_tags_that_are_genres_the_most_given_first() =>
        Assert.Equal(["2 trip hop", "2 rock"],
            DemoCatalogs.Texts(catalog.Main, "SELECT artist_rowid || ' ' || genre FROM artist_genres ORDER BY rowid"));

    [Fact]
    public void Followers_are_the_releases_that_credit_an_artist_and_those_who_rated_it() =>
        Assert.Equal("22 43", Text("SELECT followers_total || ' ' || popularity FROM artists WHERE rowid = 2"));

    [Fact]
    public void Popularity_of_an_album_is_how_many_releases_its_group_has_and_who_rated_it() =>
        Assert.Equal("22 0", Text(
            "SELECT popularity || ' ' || (SELECT popularity FROM albums WHERE rowid = 14) FROM albums WHERE rowid = 11"));

    [Fact]
    public void Popularity_of_a_track_is_on_how_many_releases_its_recording_is_and_who_rated_it() =>
        Assert.Equal("25 0 25", Text($"SELECT group_concat(popularity, ' ') FROM (SELECT popularity FROM tracks WHERE id IN "
            + $"('{Id('c', 1)}', '{Id('c', 2)}', '{Id('c', 8)}') ORDER BY rowid)"));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 10)]
    [InlineData(3, 15)]
    [InlineData(4, 20)]
    [InlineData(1023, 99)]
    [InlineData(1024, 100)]
    [InlineData(int.MaxValue, 100)]
    public void Popularity_grows_by_ten_with_each_doubling(int releases, int popularity) =>
        Assert.Equal(popularity, Popularity.Of(releases));

    [Fact]
    public void The_recording_of_a_track_is_kept()
    {
        Assert.Equal(Id('d', 1),
            Text($"SELECT recording_id FROM musicbrainz_recordings JOIN tracks ON tracks.rowid = track_rowid WHERE id = '{Id('c', 4)}'"));
        Assert.Equal("0", Text(
            $"SELECT count(*) FROM musicbrainz_recordings JOIN tracks ON tracks.rowid = track_rowid WHERE id = '{Id('c', 10)}'"));
    }

    [Fact]
    public void What_was_merged_leads_to_what_it_is_now() =>
        Assert.Equal(
            [Id('a', 2), Id('b', 11), Id('d', 1), Id('c', 2)],
            Enumerable.Select([1, 3, 4, 5], i => Text($"SELECT current_id FROM musicbrainz_redirects WHERE id = '{Id('e', i)}'")));

    [Fact]
    public void The_time_is_that_of_the_dump() =>
        Assert.Equal("1779841284123", Text("SELECT DISTINCT fetched_at FROM (SELECT fetched_at FROM tracks UNION SELECT fetched_at FROM "
            + "albums UNION SELECT fetched_at FROM artists)"));

    [Fact]
    public void What_refers_to_rows_that_are_not_there_is_left_out_and_counted() =>
        Assert.Equal(
            [
                "Left out, because what they refer to is not in the dump: credits of artists (1), genres of artists (1), "
                + "labels of releases (1), recordings of tracks (1), redirects (1), tracks without a medium (1), tracks without a release (1).",
            ],
            catalog.Said);

    [Fact]
    public void Both_files_are_whole()
    {
        Assert.Equal(["ok"], DemoCatalogs.Texts(catalog.Main, "PRAGMA integrity_check"));
        Assert.Equal(["ok"], DemoCatalogs.Texts(catalog.TrackFiles, "PRAGMA integrity_check"));
        Assert.Empty(DemoCatalogs.Texts(catalog.Main, "PRAGMA foreign_key_check"));
    }

    private static string Id(char kind, int number) => MbidTests.Id(AwkwardDump.Mbid(kind, number));

    private string Text(string sql) => Assert.Single(DemoCatalogs.Texts(catalog.Main, sql));

    private List<string> ArtistsOf(char kind, int number) =>
        DemoCatalogs.Texts(catalog.Main, $"SELECT artist_rowid FROM track_artists JOIN tracks ON tracks.rowid = track_rowid WHERE id = "
            + $"'{Id(kind, number)}' ORDER BY track_artists.rowid");
}
