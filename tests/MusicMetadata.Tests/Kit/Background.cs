namespace MusicMetadata.Tests.Kit;

/// <summary>Work that goes on beside a test and ends with it, however the test ends.</summary>
internal sealed class Background : IAsyncDisposable
{
    private readonly Task _work;
    private volatile bool _isStopped;

    /// <summary>Starts work, each copy on a thread of its own as long as it does not wait asynchronously.</summary>
    /// <param name="work">Is given a question that it asks again and again: whether to go on.</param>
    /// <param name="copies">How many do it at once.</param>
    public Background(Func<Func<bool>, Task> work, int copies = 1) =>
        _work = Task.WhenAll(Enumerable.Range(0, copies).Select(_ =>
            Task.Factory.StartNew(
                () => work(() => !_isStopped), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

    /// <summary>Stops the work; throws what it has thrown.</summary>
    public Task StopAsync()
    {
        _isStopped = true;
        return EndAsync();
    }

    /// <summary>Waits until the work has ended by itself; throws what it has thrown.</summary>
    public Task EndAsync() => _work.WaitAsync(Wait.Limit);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isStopped = true;

        // What the work has thrown is for StopAsync to tell; here the test may be failing already, for a reason that must not be hidden.
        await _work.WaitAsync(Wait.Limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
