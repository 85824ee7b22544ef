using System.Runtime.InteropServices;

namespace MusicMetadata.Commands;

/// <summary>Turns Ctrl+C and SIGTERM into a cancellation as long as it lives, for work that puts things in order before it ends.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>The exit code of work that was stopped: 128 and the number of SIGINT, as shells report a program that it ended.</summary>
    public const int ExitCode = 130;

    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    private StopSignals(CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>Cancelled by the first signal.</summary>
    private CancellationToken Token => _stop.Token;

    /// <summary>Does work that a signal stops, and says so on standard error.</summary>
    /// <param name="work">The work.</param>
    /// <param name="stopped">What is said when it was stopped.</param>
    /// <param name="cancellation">Stops it as a signal does.</param>
    /// <returns>False when it was stopped.</returns>
    public static async Task<bool> RunAsync(Func<CancellationToken, Task> work, string stopped, CancellationToken cancellation)
    {
        using var stop = new StopSignals(cancellation);
        try
        {
            await Task.Run(() => work(stop.Token), CancellationToken.None);
            return true;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"metadata-api: {stopped}");
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _stop.Cancel();
    }
}
