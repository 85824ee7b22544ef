using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace MusicMetadata.Tests.Kit;

/// <summary>
/// The real executable, started as a user starts it: the one that METADATA_API_EXECUTABLE names (the published one, in CI), else the one
/// that was built with the tests.
/// </summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    /// <summary>SIGHUP.</summary>
    public const int HangUp = 1;

    /// <summary>The most that a command which ends by itself may take, such as building an index on a busy machine.</summary>
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The server ended: {Log}"));
        process.EnableRaisingEvents = true;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>Whether the executable under test is the published one.</summary>
    public static bool IsPublished { get; } = Environment.GetEnvironmentVariable("METADATA_API_EXECUTABLE") is { Length: > 0 };

    /// <summary>Path of the executable under test.</summary>
    public static string Executable { get; } = Environment.GetEnvironmentVariable("METADATA_API_EXECUTABLE") is { Length: > 0 } path
        ? Path.GetFullPath(path)
        : Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "metadata-api.exe" : "metadata-api");

    /// <summary>Where it listens.</summary>
    public Uri Address => _listening.Task.Result;

    /// <summary>A client without proxy and redirects, that waits no longer than <see cref="Wait.Limit"/>.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Everything it printed so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>
    /// Starts a server on a free port of 127.0.0.1 and without a rate limit, unless told otherwise, and waits until it listens.
    /// </summary>
    public static Task<ServerProcess> StartAsync(string database, params string[] arguments) =>
        StartAsync(database, [], arguments);

    /// <summary>Starts a server as above, with additions to the environment.</summary>
    public static Task<ServerProcess> StartAsync(string database, Dictionary<string, string> environment, params string[] arguments) =>
        LaunchAsync(
        [
            "-db", database,
            .. arguments.Contains("-addr") ? [] : (string[])["-addr", "127.0.0.1:0"],
            .. arguments.Contains("-rate-limit") ? [] : (string[])["-rate-limit", "0"],
            .. arguments,
        ],
        environment);

    /// <summary>Starts a server with exactly these arguments and additions to the environment, and waits until it listens.</summary>
    public static async Task<ServerProcess> LaunchAsync(string[] arguments, Dictionary<string, string> environment, string? program = null)
    {
        var server = Launch(arguments, environment, program);
        try
        {
            var address = await server._listening.Task.WaitAsync(Wait.Limit);
            server.Client = new HttpClient(
                new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None })
            {
                BaseAddress = address.Scheme == "http" && address.Port > 0 ? address : null,
                Timeout = Wait.Limit,
            };
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command to its end and returns its exit code and everything it printed on either stream.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var server = Launch(arguments, []);
        return (await server.WaitForExitAsync(CommandLimit), server.Log);
    }

    /// <summary>Asserts that a command ends with exit code 1 and a single line, which names the program and says why.</summary>
    public static async Task AssertRefusedAsync(string reason, params string[] arguments) =>
        AssertRefused(reason, await RunAsync(arguments));

    /// <inheritdoc cref="AssertRefusedAsync"/>
    public static void AssertRefused(string reason, (int ExitCode, string Output) ended)
    {
        Assert.Equal(1, ended.ExitCode);
        var line = Assert.Single(ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("metadata-api: ", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
    }

    /// <summary>Runs a command as above, without root's right to read every file if it is root who runs the tests.</summary>
    public static async Task<(int ExitCode, string Output)> RunWithoutOverridingAsync(params string[] arguments)
    {
        await using var server = Environment.IsPrivilegedProcess
            ? Launch(["--bounding-set", "-dac_override,-dac_read_search", Executable, .. arguments], [], program: "setpriv")
            : Launch(arguments, []);
        return (await server.WaitForExitAsync(CommandLimit), server.Log);
    }

    /// <summary>Sends a signal, such as 15 for SIGTERM. A test that does so is skipped on Windows, which has none.</summary>
    public void Signal(int signal)
    {
        Needs.Unix("signals");
        Assert.Equal(0, Kill(_process.Id, signal));
    }

    /// <summary>Ends it as SIGKILL does, unless it has ended.</summary>
    public void EndAtOnce() => _process.Kill();

    /// <summary>How often it has printed a text.</summary>
    public int CountInLog(string text) => Log.Split(text).Length - 1;

    /// <summary>Waits until it has printed a text a number of times: the log is written behind the request that causes it.</summary>
    public Task WaitForLogAsync(string text, int times = 1) =>
        Wait.UntilAsync(() => CountInLog(text) >= times, () => Log, asked: $"log has: {text}");

    /// <summary>The status that it answers a GET request with.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        return response.StatusCode;
    }

    /// <summary>Waits until it answers with a status: it looks at its files once a second at most.</summary>
    public Task WaitForStatusAsync(string path, HttpStatusCode status) =>
        Wait.UntilAsync(async () => await StatusAsync(path) == status, () => Log, asked: $"{path} is answered with {status}");

    /// <summary>Waits for the end and returns the exit code.</summary>
    /// <exception cref="TimeoutException">It has not ended within a time, which is <see cref="Wait.Limit"/> if not given.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan? limit = null)
    {
        using var timeout = new CancellationTokenSource(limit ?? Wait.Limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Process {_process.Id} has not ended in {limit ?? Wait.Limit}: {Log}");
        }

        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _ = await WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>Starts a command without waiting for anything.</summary>
    public static ServerProcess Launch(string[] arguments, Dictionary<string, string> environment, string? program = null)
    {
        var start = new ProcessStartInfo(program ?? Executable) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ServerProcess(Process.Start(start)!);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            _ = _log.AppendLine(line);
        }

        if (ListeningLine().Match(line) is { Success: true } match)
        {
            _ = _listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Serving .* on (http://[^\s""]+)")]
    private static partial Regex ListeningLine();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
