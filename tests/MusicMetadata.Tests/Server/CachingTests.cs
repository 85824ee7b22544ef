using System.IO.Compression;
using System.Net;
using System.Text;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Server;

public sealed class CachingTests(ConformanceServer fixture) : IClassFixture<ConformanceServer>
{
    private const string Track = "/lookup/track/wnCK1AIfsiaubgjkCieLBF";

    [Theory]
    [InlineData(Track)]
    [InlineData("/lookup/isrc/QMM1I4206647")]
    [InlineData("/search/track?q=lu&limit=3")]
    [InlineData("/search/artist?q=zzqqzz")]
    public async Task A_client_that_still_has_an_answer_gets_304(string path)
    {
        using var first = await SendAsync(path);
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        Assert.Equal("public, max-age=3600", first.Headers.CacheControl!.ToString());
        Assert.Equal("Accept-Encoding", string.Join(",", first.Headers.Vary));
        foreach (var held in new[] { tag.Tag, $"\"other\", {tag.Tag}", "W/" + tag.Tag })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                using var again = await SendAsync(path, method, ("If-None-Match", held));
                Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
                Assert.Equal(tag, again.Headers.ETag);
                Assert.Equal("public, max-age=3600", again.Headers.CacheControl!.ToString());
                Assert.Equal("Accept-Encoding", string.Join(",", again.Headers.Vary));
                Assert.Empty(await again.Content.ReadAsByteArrayAsync());
            }
        }
    }

    [Theory]
    [InlineData("\"other\"")]
    [InlineData("nonsense")]
    [InlineData("\"")]
    public async Task A_client_that_has_something_else_gets_the_answer(string held)
    {
        using var response = await SendAsync(Track, HttpMethod.Get, ("If-None-Match", held));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEmpty(await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_client_that_wants_nothing_that_exists_gets_304_and_404_for_what_does_not()
    {
        using var exists = await SendAsync(Track, HttpMethod.Get, ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.NotModified, exists.StatusCode);
        Assert.NotNull(exists.Headers.ETag);
        Assert.Empty(await exists.Content.ReadAsByteArrayAsync());
        using var missing = await SendAsync("/lookup/track/none", HttpMethod.Get, ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Every_address_and_query_has_a_tag_of_its_own()
    {
        var tags = new HashSet<string>();
        string[] paths =
        [
            Track, "/lookup/artist/x5PEQlmGikXBcAVFUNkefL", "/search/track?q=lu", "/search/track?q=lu&limit=3", "/search/artist?q=lu",
            "/lookup/isrc/a", "/lookup/isrc/A",
        ];
        foreach (var path in paths)
        {
            using var response = await SendAsync(path);
            Assert.True(tags.Add(response.Headers.ETag!.Tag), path);
        }
    }

    [Theory]
    [InlineData("/lookup/track/none", 404)]
    [InlineData("/search/track?q=a", 400)]
    [InlineData("/nothing", 404)]
    public async Task An_error_carries_no_tag(string path, int status)
    {
        using var response = await SendAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Null(response.Headers.ETag);
        Assert.Null(response.Headers.CacheControl);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_answer_is_the_same_answer_under_another_tag(string coding)
    {
        using var plain = await SendAsync(Track);
        using var compressed = await SendAsync(Track, HttpMethod.Get, ("Accept-Encoding", coding));
        Assert.Equal(coding, string.Join(",", compressed.Content.Headers.ContentEncoding));
        Assert.Equal("Accept-Encoding", string.Join(",", compressed.Headers.Vary));
        Assert.NotEqual(plain.Headers.ETag, compressed.Headers.ETag);
        await using var body = await compressed.Content.ReadAsStreamAsync();
        await using Stream decoder = coding == "br"
            ? new BrotliStream(body, CompressionMode.Decompress)
            : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(decoder, Encoding.UTF8);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await reader.ReadToEndAsync());

        using var again = await SendAsync(
            Track, HttpMethod.Get, ("Accept-Encoding", coding), ("If-None-Match", compressed.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var other = await SendAsync(Track, HttpMethod.Get, ("Accept-Encoding", coding), ("If-None-Match", plain.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_short_answer_is_not_compressed()
    {
        using var response = await SendAsync("/lookup/isrc/none", HttpMethod.Get, ("Accept-Encoding", "gzip, br"));
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("[]", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_copy_of_the_files_has_the_same_tags_and_changed_files_others()
    {
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        using var first = await SendAsync(Track);
        await using (var copy = await ServerProcess.StartAsync(database))
        {
            using var same = await copy.Client.GetAsync(Track);
            Assert.Equal(first.Headers.ETag, same.Headers.ETag);
        }

        using (var connection = SqliteFile.OpenForWriting(database))
        {
            connection.Execute("UPDATE albums SET label = 'Other' WHERE rowid = 600");
        }

        await using var changed = await ServerProcess.StartAsync(database);
        using var request = new HttpRequestMessage(HttpMethod.Get, Track);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var response = await changed.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEqual(first.Headers.ETag, response.Headers.ETag);
    }

    [Fact]
    public async Task Cache_control_can_be_set_and_left_out()
    {
        using var folder = new TemporaryFolder();
        var database = folder.AddConformanceCatalog();
        await using (var server = await ServerProcess.StartAsync(database, "-cache-control", "private, max-age=5"))
        {
            using var response = await server.Client.GetAsync(Track);
            Assert.Equal("max-age=5, private", response.Headers.CacheControl!.ToString());
        }

        await using (var server = await ServerProcess.StartAsync(database, "-cache-control", ""))
        {
            using var response = await server.Client.GetAsync(Track);
            Assert.Null(response.Headers.CacheControl);
            Assert.NotNull(response.Headers.ETag);
        }

        var (exitCode, output) = await ServerProcess.RunAsync("-db", database, "-cache-control", "max-age=\n5");
        Assert.Equal(2, exitCode);
        Assert.Contains("-cache-control is", output, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SendAsync(string path) => SendAsync(path, HttpMethod.Get);

    private async Task<HttpResponseMessage> SendAsync(string path, HttpMethod method, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await fixture.Client.SendAsync(request);
    }
}
