using System.CommandLine;
using MusicMetadata.Catalog;
using MusicMetadata.Server;
using MusicMetadata.Server.Health;

namespace MusicMetadata.Commands;

/// <summary>Asks a running server whether it is well, for images that hold no other program which could.</summary>
internal static class HealthcheckCommand
{
    /// <summary>Less than the time-out that container runtimes give a health check, so that it is this program that says why.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>The command: exit code 0 when the server is ready for requests.</summary>
    public static Command Create()
    {
        var address = ServerSettings.AddressOption();
        var command = new Command(
            "healthcheck", "Asks the server at -addr whether it is ready for requests; exit code 0 when it is.") { address };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.Value(address), cancellation));
        return command;
    }

    private static async Task RunAsync(ListenAddress address, CancellationToken cancellation)
    {
        if (await HealthProbe.AskAsync(address, HealthRoutes.Ready, Timeout, cancellation) is { } fault)
        {
            var reason = fault == HealthProbe.NoAnswer ? fault + ", as a server with -max-connections open does" : fault;
            throw new OperatorException($"The server at {address} is not ready: {reason}.");
        }
    }
}
