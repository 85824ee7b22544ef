using MusicMetadata.Server.Access;

namespace MusicMetadata.Tests.Server;

/// <summary>In milliseconds, of a clock that the test moves.</summary>
public class TokenBucketsTests
{
    [Fact]
    public void A_client_gets_its_burst_at_once_and_then_its_rate()
    {
        var buckets = new TokenBuckets(rate: 10, burst: 3, ticksPerSecond: 1000);
        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(_ => buckets.Take(1, 5000).Remaining));
        Assert.False(buckets.Take(1, 5000).IsAllowed);
        Assert.False(buckets.Take(1, 5099).IsAllowed);
        Assert.True(buckets.Take(1, 5100).IsAllowed);
        Assert.False(buckets.Take(1, 5100).IsAllowed);
        Assert.Equal(10, Enumerable.Range(5101, 1000).Count(now => buckets.Take(1, now).IsAllowed));
    }

    [Fact]
    public void A_refused_client_is_told_when_to_come_back()
    {
        var buckets = new TokenBuckets(rate: 1, burst: 5, ticksPerSecond: 1000);
        for (var i = 0; i < 5; i++)
        {
            _ = buckets.Take(1, 0);
        }

        Assert.Equal(new Allowance(IsAllowed: false, Remaining: 0, RetrySeconds: 1, FullSeconds: 5), buckets.Take(1, 0));
        Assert.Equal(new Allowance(IsAllowed: true, Remaining: 0, RetrySeconds: 1, FullSeconds: 5), buckets.Take(1, 1000));
    }

    [Fact]
    public void Clients_do_not_share_a_bucket_while_there_is_room()
    {
        var buckets = new TokenBuckets(rate: 1, burst: 2, ticksPerSecond: 1000);
        for (var client = 0UL; client < 5000; client++)
        {
            Assert.Equal(1, buckets.Take(client, 0).Remaining);
        }
    }

    [Fact]
    public void A_client_that_is_limited_cannot_escape_by_filling_the_table()
    {
        var buckets = new TokenBuckets(rate: 1, burst: 50, ticksPerSecond: 1000);
        while (buckets.Take(7, 0).IsAllowed)
        {
        }

        for (var client = 1000UL; client < 1_000_000; client++)
        {
            _ = buckets.Take(client, 0);
        }

        Assert.False(buckets.Take(7, 0).IsAllowed);
    }

    [Fact]
    public void A_bucket_that_is_full_again_makes_room()
    {
        var buckets = new TokenBuckets(rate: 1, burst: 2, ticksPerSecond: 1000);
        for (var client = 0UL; client < 1_000_000; client++)
        {
            // Each a second later: whoever asked before has a full bucket by now.
            Assert.Equal(1, buckets.Take(client, (long)client * 1000).Remaining);
        }
    }
}
