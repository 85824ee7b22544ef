namespace MusicMetadata.Server.Access;

/// <summary>
/// A token bucket for each client in a table of fixed size (1 MB), so that no number of clients can exhaust memory. The framework's
/// partitioned limiter keeps some 500 bytes for each address for at least ten seconds, however many there are.
/// </summary>
/// <remarks>
/// A bucket is kept as the moment at which it will be full again (the generic cell rate algorithm), and a full bucket says nothing, so
/// its entry is free for another client. At 50,000 requests a second and 100 a second for each client, some 500 entries are taken on
/// average. Should all entries of a client's set be taken, it shares the one that will be full first: it may be limited too early, but
/// nobody ever escapes by filling the table.
/// </remarks>
internal sealed class TokenBuckets
{
    private const int Sets = 8_192;
    private const int Ways = 8;
    private const int Locks = 64;

    private readonly Bucket[] _buckets = new Bucket[Sets * Ways];
    private readonly Lock[] _locks = new Lock[Locks];
    private readonly long _second;
    private readonly long _interval;
    private readonly long _capacity;

    /// <summary>Makes the table.</summary>
    /// <param name="rate">Tokens a second.</param>
    /// <param name="burst">Tokens in a full bucket.</param>
    /// <param name="ticksPerSecond">The unit of the times given to <see cref="Take"/>.</param>
    public TokenBuckets(int rate, int burst, long ticksPerSecond)
    {
        _second = ticksPerSecond;
        _interval = Math.Max(1, ticksPerSecond / rate);
        _capacity = _interval * burst;
        for (var i = 0; i < Locks; i++)
        {
            _locks[i] = new Lock();
        }
    }

    /// <summary>Takes a token from a client's bucket, if one is there.</summary>
    /// <param name="client">See <see cref="ClientAddress.Network"/>.</param>
    /// <param name="now">From a clock that nobody can set back.</param>
    public Allowance Take(ulong client, long now)
    {
        // Of both halves, with the process's own random seed: nobody outside can choose addresses that meet in one set.
        var set = (int)((uint)HashCode.Combine((int)client, (int)(client >> 32)) % Sets);
        lock (_locks[set % Locks])
        {
            ref var bucket = ref Find(_buckets.AsSpan(set * Ways, Ways), client, now);
            var fullAt = Math.Max(bucket.FullAt, now) + _interval;
            var allowed = fullAt - now <= _capacity;
            if (allowed)
            {
                bucket.FullAt = fullAt;
            }
            else
            {
                fullAt -= _interval;
            }

            return new Allowance(
                allowed,
                (int)((_capacity - (fullAt - now)) / _interval),
                SecondsUp(fullAt + _interval - _capacity - now),
                SecondsUp(fullAt - now));
        }
    }

    private static ref Bucket Find(Span<Bucket> set, ulong client, long now)
    {
        var first = 0;
        for (var i = 0; i < set.Length; i++)
        {
            if (set[i].Client == client && set[i].FullAt > now)
            {
                return ref set[i];
            }

            if (set[i].FullAt < set[first].FullAt)
            {
                first = i;
            }
        }

        ref var bucket = ref set[first];
        if (bucket.FullAt <= now)
        {
            bucket = new Bucket { Client = client, FullAt = now };
        }

        return ref bucket;
    }

    private int SecondsUp(long ticks) => (int)Math.Max(1, (ticks + _second - 1) / _second);

    private struct Bucket
    {
        public ulong Client;
        public long FullAt;
    }
}

/// <summary>What a client may do.</summary>
/// <param name="IsAllowed">A token was there and has been taken.</param>
/// <param name="Remaining">Tokens left.</param>
/// <param name="RetrySeconds">Whole seconds until a token is there, 1 at least.</param>
/// <param name="FullSeconds">Whole seconds until the bucket is full again, 1 at least.</param>
internal readonly record struct Allowance(bool IsAllowed, int Remaining, int RetrySeconds, int FullSeconds);
