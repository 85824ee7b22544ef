using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting.Systemd;

namespace MusicMetadata.Server.Health;

/// <summary>Tells systemd when the server is ready and when it stops, and between the two that it is alive.</summary>
/// <remarks>
/// <para>
/// The library's AddSystemd is not used: it looks for systemd in /proc, which a unit with ProtectProc= does not see, and its lifetime
/// ignores SIGINT. Its notifier is.
/// </para>
/// <para>
/// A sign of life is an answer over the server's own socket: a timer alone would go on ticking while no request is accepted. It does not
/// depend on the catalog, because a restart brings back no disk. sd_watchdog_enabled(3) documents the variables.
/// </para>
/// </remarks>
internal sealed class SystemdNotifications(
    ISystemdNotifier systemd, IHostApplicationLifetime lifetime, IServer server, TimeSpan? period) : BackgroundService
{
    /// <summary>Adds it when whoever started this process wants to be told.</summary>
    public static void AddTo(IServiceCollection services)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 })
        {
            _ = services.AddSingleton<IHostedService>(provider => new SystemdNotifications(
                new SystemdNotifier(),
                provider.GetRequiredService<IHostApplicationLifetime>(),
                provider.GetRequiredService<IServer>(),
                PeriodFromEnvironment()));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(listening.SetResult);
        await using var stopping = lifetime.ApplicationStopping.Register(() => systemd.Notify(ServiceState.Stopping));
        await listening.Task.WaitAsync(stoppingToken);
        systemd.Notify(ServiceState.Ready);
        if (period is not { } time)
        {
            await Task.Delay(Timeout.Infinite, stoppingToken);
            return;
        }

        // Where it listens in the end, should it have been left to choose the port.
        var address = ListenAddress.Parse(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()["http://".Length..]);

        // Half the period, as systemd recommends: one late answer is not yet a hang.
        using var timer = new PeriodicTimer(time / 2);
        do
        {
            // A server that closes the connection is alive: one with as many as it may have must not be restarted for that.
            if (await HealthProbe.AskAsync(address, HealthRoutes.Alive, time / 2, stoppingToken) is null or HealthProbe.NoAnswer)
            {
                systemd.Notify(new ServiceState("WATCHDOG=1"));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The time in which systemd wants a sign of life; null when it wants none from this process.</summary>
    private static TimeSpan? PeriodFromEnvironment()
    {
        var process = Environment.GetEnvironmentVariable("WATCHDOG_PID");
        var isMeant = string.IsNullOrEmpty(process) || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var value = Environment.GetEnvironmentVariable("WATCHDOG_USEC");
        return isMeant && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }
}
