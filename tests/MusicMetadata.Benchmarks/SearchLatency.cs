using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace MusicMetadata.Benchmarks;

/// <summary>How long a client waits for a search, by class, one search at a time.</summary>
internal static class SearchLatency
{
    /// <summary>After this long a class has enough samples, however few.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    /// <summary>Searches that are not counted, so that the pages are in memory: for one round or this long.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    private const int Rounds = 4;

    /// <summary>
    /// Prints a line for each class: its name, searches, median and 99th percentile in milliseconds, searches that ran into the server's
    /// limit, and mean number of results; separated by tabs.
    /// </summary>
    public static async Task<int> PrintAsync(IReadOnlyDictionary<string, string[]> classes, string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(address),
            Timeout = TimeSpan.FromSeconds(60),
        };
        foreach (var (name, paths) in classes)
        {
            var times = new List<double>();
            var (late, results) = (0, 0L);

            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < paths.Length && Stopwatch.GetElapsedTime(begun) < WarmUp; i++)
            {
                using var response = await client.GetAsync(paths[i]);
            }

            begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < paths.Length * Rounds && Stopwatch.GetElapsedTime(begun) < MaxTime; i++)
            {
                var path = paths[i % paths.Length];
                var sent = Stopwatch.GetTimestamp();
                using var response = await client.GetAsync(path);
                var body = await response.Content.ReadAsStringAsync();
                times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                switch (response.StatusCode)
                {
                    case HttpStatusCode.OK:
                        results += body.Split("\"disc_number\"").Length - 1;
                        break;
                    case HttpStatusCode.RequestTimeout:
                        late++;
                        break;
                    default:
                        throw new InvalidOperationException($"{path}: {response.StatusCode} {body}");
                }
            }

            times.Sort();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name}\t{times.Count}\t{times[times.Count / 2]:0.00}\t{times[times.Count * 99 / 100]:0.00}\t"
                    + $"{late}\t{(double)results / times.Count:0.0}"));
        }

        return 0;
    }
}
