using MusicMetadata.Import.Demo.Invention;

namespace MusicMetadata.Tests.Import;

/// <summary>What is in an invented catalog.</summary>
public sealed class DemoCatalogTests(DemoFixture catalog) : IClassFixture<DemoFixture>
{
    private string Main => catalog.Main;

    private string TrackFiles => catalog.TrackFiles;

    [Fact]
    public void The_schema_is_the_one_of_the_real_files()
    {
        var production = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Import", "schema.sql")).Split("-- track_files.sqlite3");
        Assert.Equal(Statements(production[0]), Schema(Main));
        Assert.Equal(Statements(production[1]), Schema(TrackFiles));

        static List<string> Statements(string text) =>
            [.. text.Replace("-- main_database.sqlite3", "")
                .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Plain)
                .Order(StringComparer.Ordinal)];

        static List<string> Schema(string path) =>
            [.. DemoCatalogs.Texts(path, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
                .Select(Plain)
                .Order(StringComparer.Ordinal)];

        // SQLite keeps the first words of a statement in capitals, however they were written.
        static string Plain(string sql) => sql.ToLowerInvariant();
    }

    [Fact]
    public void Both_files_are_whole()
    {
        Assert.Equal(["ok"], DemoCatalogs.Texts(Main, "PRAGMA integrity_check"));
        Assert.Equal(["ok"], DemoCatalogs.Texts(TrackFiles, "PRAGMA integrity_check"));
        Assert.Empty(DemoCatalogs.Texts(Main, "PRAGMA foreign_key_check"));
        Assert.Equal(0, DemoCatalogs.Number(Main, "SELECT count(*) FROM tracks WHERE album_rowid NOT IN (SELECT rowid FROM albums)"));
    }

    [Theory]
    [InlineData("SELECT count(*) FROM tracks", 20_000, 20_000)]
    [InlineData("SELECT avg(popularity < 10) FROM tracks", 0.94, 0.96)]
    [InlineData("SELECT avg(popularity >= 30) FROM tracks", 0.001, 0.01)]
    [InlineData("SELECT max(popularity) FROM tracks", 80, 100)]
    [InlineData("SELECT count(*) / 20000.0 FROM albums", 0.19, 0.27)]
    [InlineData("SELECT count(*) / 20000.0 FROM artists", 0.06, 0.06)]
    [InlineData("SELECT count(*) / 20000.0 FROM track_artists", 1.2, 1.5)]
    [InlineData("SELECT count(*) * 1.0 / (SELECT count(*) FROM albums) FROM artist_albums", 1.6, 2.3)]
    [InlineData("SELECT count(*) * 1.0 / (SELECT count(*) FROM albums) FROM album_images", 2.8, 3.2)]
    [InlineData("SELECT count(*) * 1.0 / (SELECT count(*) FROM artists) FROM artist_images", 1.5, 1.9)]
    [InlineData("SELECT count(DISTINCT artist_rowid) * 1.0 / (SELECT count(*) FROM artists) FROM artist_genres", 0.04, 0.1)]
    [InlineData("SELECT count(DISTINCT external_id_isrc) / 20000.0 FROM tracks", 0.65, 0.8)]
    [InlineData("SELECT max(n) FROM (SELECT count(*) AS n FROM tracks WHERE external_id_isrc <> '' GROUP BY external_id_isrc)", 24, 60)]
    [InlineData("SELECT max(n) FROM (SELECT count(*) AS n FROM track_artists GROUP BY artist_rowid)", 200, 4_000)]
    [InlineData("SELECT length(name) FROM tracks ORDER BY length(name) LIMIT 1 OFFSET 10000", 16, 22)]
    [InlineData("SELECT length(name) FROM albums ORDER BY length(name) LIMIT 1 OFFSET (SELECT count(*) / 2 FROM albums)", 15, 21)]
    [InlineData("SELECT length(name) FROM artists ORDER BY length(name) LIMIT 1 OFFSET (SELECT count(*) / 2 FROM artists)", 8, 12)]
    [InlineData("SELECT page_count * 4096 / 20000.0 FROM pragma_page_count", 400, 520)]
    public void The_figures_are_like_the_real_ones(string sql, double least, double most) =>
        Assert.InRange(DemoCatalogs.Number(Main, sql), least, most);

    [Theory]
    [InlineData("SELECT count(*) FROM track_artists AS a JOIN track_artists AS b USING (track_rowid, artist_rowid) "
        + "WHERE a.rowid < b.rowid")]
    [InlineData("SELECT count(*) FROM track_artists AS a JOIN track_artists AS b USING (track_rowid) "
        + "WHERE a.rowid < b.rowid AND a.artist_rowid > b.artist_rowid")]
    [InlineData("SELECT count(*) FROM album_images AS a JOIN album_images AS b USING (album_rowid, url, width, height) "
        + "WHERE a.rowid < b.rowid")]
    [InlineData("SELECT count(*) FROM artist_albums AS a JOIN artist_albums AS b USING (album_rowid, artist_rowid, index_in_album) "
        + "WHERE a.rowid < b.rowid")]
    [InlineData("SELECT count(*) FROM artist_albums WHERE index_in_album IS NULL")]
    [InlineData("SELECT count(*) FROM tracks WHERE external_id_isrc IS NULL")]
    [InlineData("SELECT count(*) FROM tracks WHERE external_id_isrc = ''")]
    [InlineData("SELECT count(*) FROM tracks WHERE external_id_isrc <> upper(external_id_isrc)")]
    [InlineData("SELECT count(*) FROM tracks WHERE preview_url IS NULL")]
    [InlineData("SELECT count(*) FROM albums WHERE external_id_upc IS NULL")]
    [InlineData("SELECT count(DISTINCT length(external_id_upc)) = 3 AND min(length(external_id_upc)) = 12 "
        + "AND max(length(external_id_upc)) = 14 FROM albums")]
    [InlineData("SELECT count(*) FROM albums WHERE copyright_c IS NULL AND copyright_p IS NOT NULL")]
    [InlineData("SELECT count(*) FROM albums WHERE name = ''")]
    [InlineData("SELECT count(*) FROM albums WHERE release_date = '0000'")]
    [InlineData("SELECT count(*) FROM albums WHERE release_date_precision = 'year' AND length(release_date) = 4")]
    [InlineData("SELECT count(*) FROM albums WHERE release_date_precision = 'month' AND length(release_date) = 7")]
    [InlineData("SELECT max(rowid) > count(*) FROM tracks")]
    [InlineData("SELECT max(rowid) > count(*) FROM albums")]
    [InlineData("SELECT max(rowid) > count(*) FROM artists")]
    [InlineData("SELECT count(*) FROM albums WHERE total_tracks >= 100 "
        + "AND (SELECT count(DISTINCT artist_rowid) FROM artist_albums "
        + "WHERE album_rowid = albums.rowid AND index_in_album IS NOT NULL) > 24")]
    [InlineData("SELECT count(*) FROM tracks WHERE disc_number > 1")]
    [InlineData("SELECT count(*) FROM artists WHERE followers_total > 4294967296")]
    [InlineData("SELECT count(*) FROM available_markets WHERE available_markets = 'unavailable'")]
    [InlineData("SELECT count(*) FROM tracks WHERE name LIKE '%\"%'")]
    [InlineData("SELECT count(*) FROM tracks WHERE name LIKE '%\\%'")]
    [InlineData("SELECT count(*) FROM tracks WHERE instr(name, char(7)) > 0")]
    [InlineData("SELECT count(*) FROM tracks WHERE name LIKE '%<script>%'")]
    [InlineData("SELECT count(*) FROM tracks WHERE instr(name, '%') > 0 AND instr(name, '_') > 0")]
    [InlineData("SELECT count(*) FROM tracks WHERE name GLOB '*[а-я]*'")]
    [InlineData("SELECT count(*) FROM tracks WHERE name GLOB '*[א-ת]*'")]
    [InlineData("SELECT count(*) FROM tracks WHERE name GLOB '*[가-힣]*'")]
    [InlineData("SELECT count(*) FROM tracks WHERE name GLOB '*[ぁ-ん]*'")]
    [InlineData("SELECT count(*) FROM tracks WHERE name LIKE '% - Remastered 2011'")]
    public void The_main_database_has_awkward_rows(string sql) => Assert.True(DemoCatalogs.Number(Main, sql) > 0, sql);

    [Theory]
    [InlineData("SELECT count(*) FROM track_files WHERE language_of_performance IS NULL")]
    [InlineData("SELECT count(*) FROM track_files WHERE NOT json_valid(language_of_performance)")]
    [InlineData("SELECT count(*) FROM track_files WHERE NOT json_valid(artist_roles)")]
    [InlineData("SELECT count(*) FROM track_files WHERE language_of_performance = '[\"zxx\"]'")]
    [InlineData("SELECT count(*) FROM track_files WHERE language_of_performance = '[]'")]
    [InlineData("SELECT count(*) FROM track_files WHERE has_lyrics IS NULL")]
    [InlineData("SELECT count(*) FROM track_files WHERE has_lyrics NOT IN (0, 1)")]
    [InlineData("SELECT count(*) < 20000 FROM track_files")]
    [InlineData("SELECT avg(language_of_performance IS NOT NULL) BETWEEN 0.69 AND 0.75 FROM track_files")]
    [InlineData("SELECT page_count * 4096 / 20000 BETWEEN 350 AND 450 FROM pragma_page_count")]
    public void The_track_files_have_awkward_rows(string sql) => Assert.True(DemoCatalogs.Number(TrackFiles, sql) > 0, sql);

    [Fact]
    public void The_two_files_tell_of_the_same_tracks()
    {
        var tracks = DemoCatalogs.Texts(Main, "SELECT id || popularity || name FROM tracks ORDER BY rowid");
        var files = DemoCatalogs.Texts(TrackFiles, "SELECT track_id || track_popularity || original_title FROM track_files ORDER BY rowid");
        var left = new Queue<string>(tracks);
        foreach (var file in files)
        {
            while (left.TryPeek(out var track) && !track.StartsWith(file, StringComparison.Ordinal))
            {
                _ = left.Dequeue();
            }

            Assert.NotEmpty(left);
        }
    }

    [Fact]
    public void Every_rank_is_held_by_one_artist()
    {
        foreach (var artists in new[] { 20, 21, 1_000, 65_537 })
        {
            var ranks = new ArtistRanks(artists);
            Assert.Equal(Enumerable.Range(0, artists), Enumerable.Range(0, artists).Select(ranks.NumberOf).Order());
            Assert.All(Enumerable.Range(0, artists), number => Assert.Equal(number, ranks.NumberOf(ranks.RankOf(number))));
        }
    }
}
