using System.Diagnostics;
using System.Globalization;
using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Commands;

/// <summary>
/// Shows how far long work has come: a bar for each running stage on a terminal, and plain lines elsewhere, one when a stage ends and one
/// each half minute until then.
/// </summary>
/// <remarks>Our own rather than Spectre.Console's bar, which adds 1.25 MB to the executable.</remarks>
internal sealed class ProgressReport(TextWriter output, bool terminal) : IWorkProgress
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<Stage> _running = [];
    private long _shown = Stopwatch.GetTimestamp();

    /// <summary>A report on standard error, which leaves standard output to results.</summary>
    public static ProgressReport OnStandardError() => new(Console.Error, terminal: !Console.IsErrorRedirected);

    /// <inheritdoc/>
    public IWorkStage Begin(string name, long total)
    {
        var stage = new Stage(this, name, total);
        lock (_lock)
        {
            _running.Add(stage);
        }

        return stage;
    }

    private void Show()
    {
        lock (_lock)
        {
            if (Stopwatch.GetElapsedTime(_shown) < (terminal ? BarInterval : LineInterval))
            {
                return;
            }

            _shown = Stopwatch.GetTimestamp();
            if (terminal)
            {
                DrawBars();
            }
            else
            {
                foreach (var stage in _running)
                {
                    output.WriteLine(stage.Line());
                }
            }
        }
    }

    private void End(Stage stage)
    {
        lock (_lock)
        {
            _ = _running.Remove(stage);
            output.WriteLine((terminal ? "\r\u001b[K" : "") + stage.Line());
            if (terminal)
            {
                DrawBars();
            }
        }
    }

    private void DrawBars()
    {
        // All on one line, which is drawn over itself: going up lines needs to know how wide the terminal is and where it scrolls.
        var line = new StringBuilder("\r\u001b[K");
        foreach (var stage in _running)
        {
            _ = line.Append(stage.Bar()).Append("  ");
        }

        output.Write(line);
    }

    private sealed class Stage(ProgressReport report, string name, long total) : IWorkStage
    {
        private const int Width = 16;

        private readonly long _begun = Stopwatch.GetTimestamp();
        private long _done;

        public void Advance(long done)
        {
            Volatile.Write(ref _done, done);
            report.Show();
        }

        public string Bar()
        {
            var done = Volatile.Read(ref _done);
            if (total == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{name} {done:N0}");
            }

            var filled = (int)Math.Clamp(done * Width / total, 0, Width);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{name} [{new string('#', filled)}{new string('.', Width - filled)}] {done * 100 / total}% {Rate(done):N0}/s{Left(done)}");
        }

        public string Line()
        {
            var done = Volatile.Read(ref _done);
            var of = total > done ? string.Create(CultureInfo.InvariantCulture, $" of {total:N0}") : "";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{name}: {done:N0}{of} in {Stopwatch.GetElapsedTime(_begun).TotalSeconds:N1} s ({Rate(done):N0}/s{Left(done)})");
        }

        private double Rate(long done) => done / Math.Max(Stopwatch.GetElapsedTime(_begun).TotalSeconds, 0.001);

        /// <summary>The time that is left at the rate so far; nothing when it cannot be told.</summary>
        private string Left(long done)
        {
            if (done == 0 || done >= total)
            {
                return "";
            }

            var seconds = (total - done) / Rate(done);
            return string.Create(
                CultureInfo.InvariantCulture, $", {(seconds < 100 ? seconds : seconds / 60):N0} {(seconds < 100 ? "s" : "min")} left");
        }

        public void Dispose() => report.End(this);
    }
}
