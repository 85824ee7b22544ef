using System.Globalization;

namespace MusicMetadata.Tests.Kit;

/// <summary>
/// Random input that can be had again: METADATA_API_FUZZ_SEED repeats a run, whose seed is in the output of each test that fails.
/// </summary>
internal static class Seeded
{
    /// <summary>The seed of this run.</summary>
    public static readonly int Seed = Number("METADATA_API_FUZZ_SEED", System.Random.Shared.Next());

    /// <summary>A generator that gives the same numbers to the same test of another run with this seed.</summary>
    public static Random Random()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"Random input: METADATA_API_FUZZ_SEED={Seed} repeats it.");
        return new Random(Seed);
    }

    /// <summary>A number from the environment.</summary>
    public static int Number(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : fallback;
}
