using MusicMetadata.Catalog;
using MusicMetadata.Compact;
using MusicMetadata.Compact.Building;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Compact;

/// <summary>A compact catalog answers as the database does that it was built from, whatever is in there.</summary>
public sealed class CompactBuilderTests : IDisposable
{
    /// <summary>Changes to the recorded catalog, each something that real catalogs have or that a file may have all the same.</summary>
    private static readonly string[] OddRows =
    [
        // Tracks of an album far from its others, between those of other albums; and an album all of whose tracks lie apart.
        "UPDATE tracks SET album_rowid = (SELECT min(album_rowid) FROM tracks) WHERE rowid % 97 = 3",
        "UPDATE tracks SET album_rowid = (SELECT max(album_rowid) FROM tracks) WHERE rowid % 101 = 5",

        // Rowids far apart.
        "UPDATE tracks SET rowid = rowid + 5000000000 WHERE rowid = (SELECT max(rowid) FROM tracks)",

        // Tracks whose album is not there, and credits of artists that are not there.
        "UPDATE tracks SET album_rowid = 999999 WHERE rowid % 89 = 7",
        "DELETE FROM artists WHERE rowid % 31 = 2",
        "INSERT INTO track_artists SELECT rowid, 888888 FROM tracks WHERE rowid % 71 = 1",

        // The same twice, and a track by everybody.
        "INSERT INTO track_artists SELECT * FROM track_artists WHERE rowid % 11 = 1",
        "INSERT INTO album_images SELECT * FROM album_images WHERE rowid % 7 = 1",
        "INSERT INTO track_artists SELECT (SELECT min(rowid) FROM tracks), rowid FROM artists",

        // ISRCs in every form, and the same one often.
        "UPDATE tracks SET external_id_isrc = lower(external_id_isrc) WHERE rowid % 13 = 1",
        "UPDATE tracks SET external_id_isrc = 'USAAA2100001' WHERE rowid % 17 = 1",
        "UPDATE tracks SET external_id_isrc = '' WHERE rowid % 19 = 1",
        "UPDATE tracks SET external_id_isrc = 'not an ISRC' WHERE rowid % 23 = 1",
        "UPDATE tracks SET external_id_isrc = 'USAAA000000' || (rowid % 10) WHERE rowid % 29 < 9",

        // Ids that are of another form; numbers that are not small.
        "UPDATE tracks SET id = 'short' || rowid WHERE rowid % 53 = 1",
        "UPDATE albums SET id = '7ZZZZZZZZZZZZZZZZZZZZZ' WHERE rowid = (SELECT min(rowid) FROM albums)",
        "UPDATE albums SET id = 'zzzzzzzzzzzzzzzzzzzzzz' WHERE rowid = (SELECT max(rowid) FROM albums)",
        "UPDATE tracks SET duration_ms = -1, popularity = 9223372036854775807, track_number = -5 WHERE rowid % 59 = 1",
        "UPDATE tracks SET duration_ms = -9223372036854775808, disc_number = 9223372036854775807 WHERE rowid % 61 = 1",
        "UPDATE albums SET popularity = -3, total_tracks = -9223372036854775808 WHERE rowid % 41 = 1",

        // Addresses, dates and codes in other forms.
        "UPDATE tracks SET preview_url = 'https://audio.example/' || hex(randomblob(rowid % 60)) || '?x' WHERE rowid % 5 = 1",
        "UPDATE tracks SET preview_url = lower(hex(randomblob(rowid % 80))) WHERE rowid % 5 = 2",
        "UPDATE tracks SET preview_url = '' WHERE rowid % 5 = 3",
        "UPDATE album_images SET url = 'a' WHERE rowid % 9 = 1",
        "UPDATE album_images SET url = '' WHERE rowid % 9 = 2",
        "UPDATE artist_images SET width = 1 << 40, height = -1 WHERE rowid % 9 = 3",
        "UPDATE albums SET release_date = '0000' WHERE rowid % 5 = 1",
        "UPDATE albums SET release_date = '2021-13-40' WHERE rowid % 5 = 2",
        "UPDATE albums SET release_date = '9999-12-31' WHERE rowid % 5 = 3",
        "UPDATE albums SET external_id_upc = '00012' WHERE rowid % 5 = 1",
        "UPDATE albums SET external_id_upc = '1234567890123456789' WHERE rowid % 5 = 2",
        "UPDATE albums SET external_id_upc = '12 34' WHERE rowid % 5 = 3",
        "UPDATE albums SET album_type = 'type ' || rowid, release_date_precision = '' WHERE rowid % 37 = 1",
    ];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Whatever_is_in_a_catalog_comes_back()
    {
        var database = AwkwardCatalog.AddTo(_folder);
        using (var connection = SqliteFile.OpenForWriting(database))
        {
            foreach (var change in OddRows)
            {
                connection.Execute(change);
            }
        }

        Assert.Empty(await CompactFixture.CompareAsync(database, await CompactFixture.BuildAsync(database)));
        Assert.Empty(new CompactFiles(_folder[CompactFormat.FileName]).Check().CheckIntegrity(new NoProgress()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20_000)]
    public async Task An_invented_catalog_comes_back(int tracks)
    {
        _ = await DemoCatalogs.EnsureAsync(_folder.Path, tracks);
        var database = _folder[CatalogSchema.MainFileName];
        Assert.Empty(await CompactFixture.CompareAsync(database, await CompactFixture.BuildAsync(database)));
    }

    [Fact]
    public async Task A_catalog_without_rows_and_without_the_second_file_comes_back()
    {
        var database = _folder.AddConformanceCatalog();
        File.Delete(_folder[CatalogSchema.TrackFilesFileName]);
        using (var connection = SqliteFile.OpenForWriting(database))
        {
            foreach (var table in CatalogSchema.Main)
            {
                connection.Execute($"DELETE FROM {table.Name}");
            }
        }

        Assert.Empty(await CompactFixture.CompareAsync(database, await CompactFixture.BuildAsync(database)));
    }

    [Theory]
    [InlineData("UPDATE tracks SET name = name || '.' WHERE rowid = (SELECT max(rowid) FROM tracks)")]
    [InlineData("UPDATE tracks SET popularity = popularity + 1 WHERE rowid = (SELECT min(rowid) FROM tracks)")]
    [InlineData("UPDATE albums SET copyright_p = 'another' WHERE rowid = (SELECT max(album_rowid) FROM tracks)")]
    [InlineData("UPDATE albums SET popularity = 101 WHERE rowid = (SELECT min(rowid) FROM albums)")]
    [InlineData("UPDATE artists SET followers_total = 1 WHERE rowid = (SELECT max(rowid) FROM artists)")]
    [InlineData("UPDATE artist_images SET height = height + 1 WHERE rowid = (SELECT max(rowid) FROM artist_images)")]
    [InlineData("DELETE FROM tracks WHERE rowid = (SELECT max(rowid) FROM tracks)")]
    [InlineData("INSERT INTO artists VALUES (999999, 'new', 0, 'new', 0, 0)")]
    [InlineData("UPDATE tracks SET external_id_isrc = 'USAAA2100001' WHERE rowid = (SELECT max(rowid) FROM tracks)")]
    public async Task Comparing_finds_any_change(string change)
    {
        var database = _folder.AddConformanceCatalog();
        var compact = await CompactFixture.BuildAsync(database);
        Assert.Empty(await CompactFixture.CompareAsync(database, compact));
        using (var connection = SqliteFile.OpenForWriting(database))
        {
            connection.Execute(change);
        }

        Assert.NotEmpty(await CompactFixture.CompareAsync(database, compact));
    }

    [Fact]
    public async Task A_file_that_is_no_compact_catalog_is_not_overwritten_and_one_of_the_same_catalog_is_left_as_it_is()
    {
        var database = _folder.AddConformanceCatalog();
        await ServerProcess.AssertRefusedAsync(
            "nothing else is overwritten", "compact", "-db", database, "-out", _folder[CatalogSchema.TrackFilesFileName]);
        await ServerProcess.AssertRefusedAsync("is a folder", "compact", "-db", database, "-out", _folder.Path);
        Assert.Equal(0, (await ServerProcess.RunAsync("compact", "-db", database)).ExitCode);
        var (exitCode, output) = await ServerProcess.RunAsync("compact", "-db", database);
        Assert.Equal(0, exitCode);
        Assert.Contains("nothing to do", output, StringComparison.Ordinal);
        (exitCode, output) = await ServerProcess.RunAsync("compact", "-db", database, "-level", "3");
        Assert.Equal(0, exitCode);
        Assert.Contains("will be replaced", output, StringComparison.Ordinal);
        Assert.Equal((0, true), await VerifyAsync(database));
    }

    [Fact]
    public async Task A_source_that_changes_meanwhile_is_refused_and_nothing_is_kept()
    {
        var database = _folder.AddConformanceCatalog();
        var path = _folder[CompactFormat.FileName];
        using var store = SqliteCatalog.Open(new StoreOptions { Database = database, Readers = 1 });
        var source = new CompactSource(store, database, store.SourceIdentity, []);
        var progress = new NoProgress(stage =>
        {
            if (stage == "album_order")
            {
                File.SetLastWriteTimeUtc(database, DateTime.UtcNow.AddDays(-1));
            }
        });
        var builder = new CompactBuilder(source, new CompactOptions { OutPath = path }, _ => { }, progress);
        var e = await Assert.ThrowsAsync<OperatorException>(() => builder.BuildAsync(default));
        Assert.Contains("changed while it was read", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        Assert.Equal(["lock"], Directory.GetFiles(path + CompactBuilder.FolderSuffix).Select(Path.GetFileName));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<(int ExitCode, bool IsOk)> VerifyAsync(string database)
    {
        var (exitCode, output) = await ServerProcess.RunAsync("compact", "-verify", "-db", database);
        return (exitCode, output.Contains("\nok", StringComparison.Ordinal) || output.StartsWith("ok", StringComparison.Ordinal));
    }
}
