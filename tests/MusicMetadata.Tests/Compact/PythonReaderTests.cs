using System.Text;
using System.Text.Json.Nodes;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact;

namespace MusicMetadata.Tests.Compact;

/// <summary>
/// The format is as docs/compact-format.md says: a reader in another language, written after it, reads what the store does.
/// </summary>
public class PythonReaderTests
{
    private const string Script = "scripts/read-compact";
    private const int Sampled = 8;

    [Theory]
    [InlineData(Entity.Track)]
    [InlineData(Entity.Album)]
    [InlineData(Entity.Artist)]
    public async Task The_reader_in_Python_reads_the_same(Entity entity)
    {
        var (hasPackage, _) = await RunAsync("-c", "import zstandard");
        Assert.SkipUnless(hasPackage == 0, "There is no Python 3 with the package zstandard.");
        using var folder = new TemporaryFolder();
        _ = await DemoCatalogs.EnsureAsync(folder.Path, tracks: 3_000);
        var compact = await CompactFixture.BuildAsync(folder["main_database.sqlite3"]);
        using var store = CompactCatalog.Open(new StoreOptions { Database = compact, Readers = 1 });
        using var reader = await store.RentReaderAsync(ReaderPurpose.Scan, Deadline.Never());
        var last = (await reader.MeasureAsync(entity)).LastKey.Value;
        var records = new CatalogRecords();
        for (var i = 0; i < Sampled; i++)
        {
            records.Clear();
            await reader.ScanAsync(entity, new CatalogKey((last - 1) * i / Sampled), 1, ScanFields.Names, records);
            var expected = entity switch
            {
                Entity.Track => Describe(records, records.Tracks[0]),
                Entity.Album => Describe(records, records.Albums[0]),
                _ => Describe(records, records.Artists[0]),
            };
            var (exitCode, output) = await RunAsync(
                Path.Combine(Repository.Root, Script), compact, entity.ToString().ToLowerInvariant(), (string)expected["id"]!);
            Assert.True(exitCode == 0, output);
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(output)), $"{expected.ToJsonString()}\n{output}");
        }
    }

    private static JsonObject Describe(CatalogRecords records, TrackRecord track) => new()
    {
        ["key"] = track.Key.Value,
        ["album"] = track.Album.Value,
        ["id"] = Text(records, track.Id),
        ["name"] = Text(records, track.Name),
        ["isrc"] = Text(records, track.Isrc),
        ["duration_ms"] = track.DurationMs,
        ["explicit"] = track.Explicit,
        ["has_lyrics"] = track.HasLyrics,
        ["popularity"] = track.Popularity,
        ["disc_number"] = track.DiscNumber,
        ["track_number"] = track.TrackNumber,
        ["preview_url"] = Text(records, track.PreviewUrl),
        ["artists"] = Keys(records, track.Artists),
        ["original_title"] = Text(records, track.OriginalTitle),
        ["version_title"] = Text(records, track.VersionTitle),
        ["languages"] = Texts(records, track.Languages),
        ["artist_roles"] = Texts(records, track.ArtistRoles),
    };

    private static JsonObject Describe(CatalogRecords records, AlbumRecord album) => new()
    {
        ["key"] = album.Key.Value,
        ["id"] = Text(records, album.Id),
        ["name"] = Text(records, album.Name),
        ["type"] = Text(records, album.Type),
        ["label"] = Text(records, album.Label),
        ["release_date"] = Text(records, album.ReleaseDate),
        ["release_date_precision"] = Text(records, album.ReleaseDatePrecision),
        ["upc"] = Text(records, album.Upc),
        ["total_tracks"] = album.TotalTracks,
        ["copyright"] = Text(records, album.Copyright),
        ["copyright_p"] = Text(records, album.CopyrightP),
        ["popularity"] = album.Popularity,
        ["images"] = Images(records, album.Images),
        ["artists"] = Keys(records, album.Artists),
    };

    private static JsonObject Describe(CatalogRecords records, ArtistRecord artist) => new()
    {
        ["key"] = artist.Key.Value,
        ["id"] = Text(records, artist.Id),
        ["name"] = Text(records, artist.Name),
        ["followers"] = artist.Followers,
        ["popularity"] = artist.Popularity,
        ["genres"] = Texts(records, artist.Genres),
        ["images"] = Images(records, artist.Images),
    };

    private static string Text(CatalogRecords records, TextRange text) => Encoding.UTF8.GetString(records.Text(text));

    private static JsonArray Texts(CatalogRecords records, ListRange texts) =>
        [.. records.Texts(texts).ToArray().Select(text => (JsonNode)Text(records, text))];

    private static JsonArray Keys(CatalogRecords records, ListRange credits) =>
        [.. records.Credits(credits).ToArray().Select(key => (JsonNode)key.Value)];

    private static JsonArray Images(CatalogRecords records, ListRange images) =>
        [.. records.Images(images).ToArray()
            .Select(image => new JsonObject { ["url"] = Text(records, image.Url), ["width"] = image.Width, ["height"] = image.Height })];

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        // The system's own: one in a folder before it may lack the system's packages.
        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        try
        {
            await using var process = ServerProcess.Launch(arguments, [], python);
            return (await process.WaitForExitAsync(), process.Log);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
