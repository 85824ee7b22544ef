using System.Globalization;
using BenchmarkDotNet.Running;
using MusicMetadata.Benchmarks;
using MusicMetadata.Tests.Import.MusicBrainz;

if (args is ["allocations", var database])
{
    return await Allocations.CheckAsync(database);
}

if (args is ["pages", var catalog])
{
    return Pages.Print(catalog);
}

if (args is ["search-latency", var searched, var address])
{
    return await SearchLatency.PrintAsync(SearchQueries.Read(searched), address);
}

if (args is ["spotify-latency", var found, var server])
{
    return await SearchLatency.PrintAsync(SpotifyQueries.Read(found), server);
}

if (args is ["search-paths", var source])
{
    foreach (var path in SearchQueries.Read(source).Values.SelectMany(paths => paths))
    {
        Console.WriteLine(path);
    }

    return 0;
}

if (args is ["musicbrainz-dump", var folder, var tracks])
{
    using var dump = new InventedDump(folder, long.Parse(tracks, CultureInfo.InvariantCulture), seed: 1);
    dump.Write();
    return 0;
}

_ = BenchmarkSwitcher.FromAssembly(typeof(ReaderBenchmarks).Assembly).Run(args);
return 0;
