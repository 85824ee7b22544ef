using System.Diagnostics.Metrics;
using System.Globalization;
using MusicMetadata.Server.Lifetime;

namespace MusicMetadata.Server.Telemetry;

/// <summary>What was built, and what the process uses, under the names that Prometheus's own client libraries give these figures.</summary>
internal static class ProcessMetrics
{
    /// <summary>Adds the instruments. Those that only <c>/proc</c> answers are missing where there is none.</summary>
    public static void Register(Meter meter)
    {
        // Some milliseconds late; the process's own figure needs /proc.
        var started = DateTimeOffset.UtcNow;
        _ = meter.CreateObservableGauge(
            "metadata_api.build_info",
            () => new Measurement<int>(
                1,
                new("version", ProductVersion.Number),
                new("commit", ProductVersion.Commit ?? "unknown"),
                new("framework", Environment.Version.ToString())),
            description: "1; the labels tell what was built.");
        _ = meter.CreateObservableGauge(
            "process.start_time", () => started.ToUnixTimeMilliseconds() / 1000.0, "s", "When the process began, in seconds since 1970.");
        if (File.Exists("/proc/self/status"))
        {
            _ = meter.CreateObservableGauge(
                "process.resident_memory",
                () => Status("VmRSS:"),
                "By",
                "Memory in use, pages of the database files that are mapped included.");
            _ = meter.CreateObservableGauge(
                "process.private_memory", () => Status("RssAnon:"), "By", "Memory in use that belongs to the process alone.");
            _ = meter.CreateObservableGauge(
                "process.open_fds", () => Directory.GetFileSystemEntries("/proc/self/fd").Length, description: "Open file descriptors.");
            _ = meter.CreateObservableGauge(
                "process.max_fds",
                () => DescriptorLimit.Current ?? double.PositiveInfinity,
                description: "File descriptors that may be open.");
        }
    }

    /// <summary>A line of <c>/proc/self/status</c>, in bytes.</summary>
    private static long Status(string name)
    {
        // "VmRSS:	   12345 kB"
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length, line.Length - name.Length - " kB".Length), CultureInfo.InvariantCulture) * 1024;
    }
}
