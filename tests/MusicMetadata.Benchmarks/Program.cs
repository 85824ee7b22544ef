using BenchmarkDotNet.Running;
using MusicMetadata.Benchmarks;

if (args is ["allocations", var database])
{
    return await Allocations.CheckAsync(database);
}

if (args is ["pages", var catalog])
{
    return Pages.Print(catalog);
}

_ = BenchmarkSwitcher.FromAssembly(typeof(ReaderBenchmarks).Assembly).Run(args);
return 0;
