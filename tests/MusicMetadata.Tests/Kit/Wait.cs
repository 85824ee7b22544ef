using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MusicMetadata.Tests.Kit;

/// <summary>Waits with a limit, so that what never comes fails a test and does not hang the run.</summary>
internal static class Wait
{
    /// <summary>Longer than anything that a test waits for takes on a busy machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Asks again and again until something is so; fails, and says what was asked and why it is not so, after <see cref="Limit"/>.
    /// </summary>
    /// <param name="isSo">What is waited for.</param>
    /// <param name="state">What there is instead, for the message.</param>
    /// <param name="pause">Between two questions; 10 ms if not given.</param>
    /// <param name="asked">The condition's source text; leave it to the compiler.</param>
    public static Task UntilAsync(
        Func<bool> isSo, Func<string>? state = null, TimeSpan? pause = null, [CallerArgumentExpression(nameof(isSo))] string asked = "") =>
        UntilAsync(() => Task.FromResult(isSo()), state, pause, asked);

    /// <inheritdoc cref="UntilAsync(Func{bool}, Func{string}?, TimeSpan?, string)"/>
    public static async Task UntilAsync(
        Func<Task<bool>> isSo,
        Func<string>? state = null,
        TimeSpan? pause = null,
        [CallerArgumentExpression(nameof(isSo))] string asked = "")
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(begun) > Limit)
            {
                Assert.Fail($"After {Limit.TotalSeconds} s still not so: {asked}. {state?.Invoke()}");
            }

            await Task.Delay(pause ?? Pause);
        }
    }
}
