using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.SqliteStore;

/// <summary>Nothing that is written to a file leaves its identity as it was, and copies have their original's.</summary>
public sealed class IdentityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _main;
    private readonly string _trackFiles;

    public IdentityTests()
    {
        _main = _folder.AddConformanceCatalog();
        _trackFiles = _folder["track_files.sqlite3"];
    }

    [Theory]
    [MemberData(nameof(FileChange.All), MemberType = typeof(FileChange))]
    public void A_change_of_the_main_database_changes_both_identities(string change)
    {
        FileChange.UseWriteAheadLog(_main);
        var before = CatalogFiles.Find(_main).Identities();
        FileChange.Make(change, _main);
        var after = CatalogFiles.Find(_main).Identities();
        Assert.NotEqual(before.Main, after.Main);
        Assert.NotEqual(before.Both, after.Both);
        Assert.Equal(after, CatalogFiles.Find(_main).Identities());
    }

    [Fact]
    public void A_change_of_the_second_file_leaves_the_main_identity_by_which_the_index_is_known()
    {
        var before = CatalogFiles.Find(_main).Identities();
        _ = DatabasePages.Overwrite(_trackFiles, 12_345, [0xA5]);
        var after = CatalogFiles.Find(_main).Identities();
        Assert.Equal(before.Main, after.Main);
        Assert.NotEqual(before.Both, after.Both);
        File.Delete(_trackFiles);
        Assert.Equal(before.Main, CatalogFiles.Find(_main).Identity());
    }

    [Fact]
    public void One_byte_in_any_page_changes_the_identity()
    {
        var random = Seeded.Random();
        var seen = new HashSet<string> { CatalogFiles.Find(_main).Identity().Value };
        var bytes = File.ReadAllBytes(_main);
        for (var i = 0; i < 20; i++)
        {
            // Each of them just after the identity was taken, within one tick of the kernel's clock where there was no wait.
            var at = random.Next(bytes.Length);
            _ = DatabasePages.Overwrite(_main, at, [bytes[at] ^= 1]);
            Assert.True(seen.Add(CatalogFiles.Find(_main).Identity().Value), $"byte {at}");
        }
    }

    [Fact]
    public void An_identity_is_taken_only_when_the_next_write_will_have_another_time()
    {
        for (var i = 0; i < 20; i++)
        {
            _ = DatabasePages.Overwrite(_main, 1_000_003, [(byte)i]);
            var before = CatalogFiles.Find(_main).Stamp();
            _ = CatalogFiles.Find(_main).Identity();
            _ = DatabasePages.Overwrite(_main, 1_000_003, [(byte)~i]);
            Assert.NotEqual(before, CatalogFiles.Find(_main).Stamp());
        }
    }

    [Fact]
    public void A_copy_that_keeps_the_time_has_the_same_identity_and_one_that_does_not_has_another()
    {
        using var other = new TemporaryFolder();
        var copy = other.AddConformanceCatalog();
        Assert.Equal(CatalogFiles.Find(_main).Identities(), CatalogFiles.Find(copy).Identities());
        File.SetLastWriteTimeUtc(copy, DateTime.UtcNow.AddDays(-1));
        Assert.NotEqual(CatalogFiles.Find(_main).Identity(), CatalogFiles.Find(copy).Identity());
    }

    [Fact]
    public void A_time_in_the_future_is_not_waited_for()
    {
        File.SetLastWriteTimeUtc(_main, DateTime.UtcNow.AddDays(1));
        var begun = Environment.TickCount64;
        _ = CatalogFiles.Find(_main).Identity();
        Assert.InRange(Environment.TickCount64 - begun, 0, 60_000);
    }

    [Fact]
    public async Task A_file_that_is_written_to_all_the_time_has_no_identity()
    {
        // In whole seconds, of which two must pass: the next write comes in time on a machine that is busy too.
        var written = 0;
        await using var writing = new Background(goesOn =>
        {
            while (goesOn())
            {
                File.SetLastWriteTimeUtc(
                    _main, new DateTime(DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc));
                _ = Interlocked.Increment(ref written);
                Thread.Sleep(20);
            }

            return Task.CompletedTask;
        });
        await Wait.UntilAsync(() => Volatile.Read(ref written) > 10);
        var e = Assert.Throws<IOException>(() => CatalogFiles.Find(_main).Identity());
        Assert.Contains("is written to all the time", e.Message, StringComparison.Ordinal);
        await writing.StopAsync();
    }

    public void Dispose() => _folder.Dispose();
}
