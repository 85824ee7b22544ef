using System.Globalization;

namespace MusicMetadata.Tests.Kit;

/// <summary>Figures that a server shows at /metrics.</summary>
internal static class ScrapedMetrics
{
    /// <summary>A figure, summed over its series; not a number when there is none.</summary>
    /// <param name="server">Which server.</param>
    /// <param name="name">Its name, with labels if one series only is meant.</param>
    public static async Task<double> MetricAsync(this ServerProcess server, string name)
    {
        var series = (await server.Client.GetStringAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal) || line.StartsWith(name + "{", StringComparison.Ordinal))
            .ToList();
        return series.Count == 0
            ? double.NaN
            : series.Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Its open descriptors, after a request. Under <c>dotnet test</c> each assembly is an open file too.</summary>
    public static async Task<double> DescriptorsAsync(this ServerProcess server)
    {
        Needs.Linux("/proc/self/fd");
        _ = await server.StatusAsync("/lookup/track/wnCK1AIfsiaubgjkCieLBF");
        var descriptors = await server.MetricAsync("process_open_fds");
        Assert.True(descriptors > 0);
        return descriptors;
    }

    /// <summary>Waits until a figure is as it should be.</summary>
    public static async Task WaitForMetricAsync(this ServerProcess server, string name, Func<double, bool> isRight)
    {
        var value = double.NaN;
        await Wait.UntilAsync(
            async () =>
            {
                try
                {
                    return isRight(value = await server.MetricAsync(name));
                }
                catch (HttpRequestException)
                {
                    // All connections may still be taken.
                    return false;
                }
            },
            () => $"{name} is {value}.",
            asked: "the metric");
    }
}
