using System.Diagnostics;

namespace MusicMetadata.Tests.Kit;

/// <summary>A primary and standbys of PostgreSQL, by scripts/postgres-cluster, as long as it lives.</summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private int _databases;

    private PostgresCluster()
    {
    }

    /// <summary>Whether PostgreSQL is on this machine.</summary>
    public static bool IsInstalled { get; } = OperatingSystem.IsLinux() && Directory.Exists("/usr/lib/postgresql")
        && Directory.EnumerateDirectories("/usr/lib/postgresql").Any(version => File.Exists(Path.Combine(version, "bin", "initdb")));

    /// <summary>The address of its first database, with all nodes.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The address of the primary alone.</summary>
    public string Primary => OnlyNode(0);

    /// <summary>What a program that connects has in its environment.</summary>
    public Dictionary<string, string> Environment => new() { ["PGPASSFILE"] = _folder["pgpass"] };

    /// <summary>Starts one.</summary>
    public static async Task<PostgresCluster> StartAsync(int standbys)
    {
        var cluster = new PostgresCluster();
        try
        {
            cluster.Address = (await cluster.RunAsync("up", standbys.ToString(System.Globalization.CultureInfo.InvariantCulture))).Trim();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address of one node alone: 0 is the primary.</summary>
    public string OnlyNode(int number)
    {
        var at = Address.IndexOf('@', StringComparison.Ordinal) + 1;
        var end = Address.IndexOf('/', at);
        return Address[..at] + Address[at..end].Split(',')[number] + Address[end..];
    }

    /// <summary>Makes a database of its own for a test; returns its address, with all nodes.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        _ = await QueryAsync($"create database {name}");
        return Address[..(Address.LastIndexOf('/') + 1)] + name;
    }

    /// <summary>Runs SQL on the primary; returns what it answers, a row a line.</summary>
    /// <param name="sql">Statements.</param>
    /// <param name="address">A database of this cluster; its first one unless given.</param>
    public Task<string> QueryAsync(string sql, string? address = null) => RunProgramAsync(
        "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", (address ?? Address) + "?target_session_attrs=primary", "-c", sql);

    /// <summary>Starts, stops or promotes a node.</summary>
    public Task ChangeAsync(string action, string node) => RunAsync(action, node);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _ = await RunAsync("down");
        _folder.Dispose();
    }

    private Task<string> RunAsync(string action, params string[] arguments) => RunProgramAsync(
        Path.Combine(Repository.Root, "scripts", "postgres-cluster"), [action, _folder.Path, .. arguments]);

    private async Task<string> RunProgramAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await errors}");
        return await output;
    }
}
