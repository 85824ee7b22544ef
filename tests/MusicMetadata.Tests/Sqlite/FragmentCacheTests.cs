using System.Text;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Tests.Sqlite;

public class FragmentCacheTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void What_comes_out_is_what_went_in_however_often_the_buffers_change_roles(int capacity)
    {
        var cache = new FragmentCache(capacity);
        var random = new Random(7);
        var hits = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var rowid = (long)(random.NextDouble() * random.NextDouble() * 200);
            if (!cache.TryGet(rowid, out var fragment))
            {
                var json = cache.Begin();
                json.WriteStringValue(Text(rowid));
                fragment = cache.End(rowid);
            }
            else
            {
                hits++;
            }

            Assert.Equal($"\"{Text(rowid)}\"", Encoding.UTF8.GetString(fragment));
        }

        Assert.InRange(hits, 1, 19_999);
    }

    [Fact]
    public void A_fragment_that_was_never_ended_leaves_no_trace()
    {
        var cache = new FragmentCache(1_000);
        cache.Begin().WriteStartObject();
        cache.Begin().WriteNumberValue(5);
        Assert.Equal("5", Encoding.UTF8.GetString(cache.End(1)));
        Assert.True(cache.TryGet(1, out var fragment));
        Assert.Equal("5", Encoding.UTF8.GetString(fragment));
    }

    private static string Text(long rowid) => new((char)('a' + (rowid % 26)), (int)(rowid % 60) + 1);
}
