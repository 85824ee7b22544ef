using System.CommandLine;
using MusicMetadata.Catalog;
using MusicMetadata.Loading;
using MusicMetadata.Search;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Commands;

/// <summary>The options that every command with a catalog has.</summary>
internal sealed class StoreSettings
{
    /// <summary>Name of the option for the path of the main database.</summary>
    public const string DatabaseName = "db";

    /// <summary>Name of the option for the path of the search index.</summary>
    public const string IndexName = "index";

    /// <summary>Name of the option for what the catalog is called.</summary>
    public const string CatalogIdName = "catalog-id";

    private static readonly StoreOptions Defaults = new() { Database = CatalogSchema.MainFileName };

    private readonly Option<Given<int>> _readers = Setting.Create(
        "readers", "n", "Requests that read the files at once.", Defaults.Readers,
        Notation.Number(1, StoreOptions.MaxReaders, $"give 1 to {StoreOptions.MaxReaders}."));

    private readonly Option<Given<long>> _cacheSize = Setting.Create(
        "cache-size", "bytes", "Page cache per reader and file.", Defaults.CacheSize,
        Notation.Number(0, long.MaxValue, "give bytes, 0 or more."));

    private readonly Option<Given<long>> _mmapSize = Setting.Create(
        "mmap-size", "bytes", "How much of each file is read through a memory map; 0 for none.", Defaults.MmapSize,
        Notation.Number(0, long.MaxValue, "give bytes, 0 for no memory map."));

    private readonly Option<Given<TimeSpan>> _reloadInterval = Setting.Create(
        "watch", "seconds", "How often to check for new database files and reload; 0 for never, SIGHUP always works.", TimeSpan.Zero,
        Notation.Seconds(0, 86_400, "give seconds up to a day, or 0 for never."));

    /// <summary>The path of the main database.</summary>
    public Option<Given<string>> Database { get; } =
        DatabaseOption(
            "Path of main_database.sqlite3, beside which track_files.sqlite3 is found, or the address of a database: "
                + "postgresql://user@host1,host2/music.");

    /// <summary>Where the search index is.</summary>
    public Option<Given<IndexLocation>> Index { get; } = Setting.Create(
        IndexName, "file|off", "Path of the search index; search_index.sqlite3 beside the database unless given.", IndexLocation.Beside,
        IndexLocation.Notation);

    /// <summary>What the catalog is called.</summary>
    public Option<Given<CatalogIdentity?>> CatalogId { get; } =
        CatalogIdOption("What to call the catalog, in entity tags and to its search index, instead of a hash of the files.");

    /// <summary>The option for the path of the main database.</summary>
    public static Option<Given<string>> DatabaseOption(string description) =>
        Setting.Create(
            DatabaseName, "file", description, Defaults.Database, Notation.NotEmpty($"give the path of {CatalogSchema.MainFileName}."));

    /// <summary>The option for what the catalog is called.</summary>
    public static Option<Given<CatalogIdentity?>> CatalogIdOption(string description) =>
        Setting.Create(CatalogIdName, "id", description, Defaults.CatalogId, Notation.CatalogId);

    /// <summary>The option for how much memory a command may use that reads a whole catalog.</summary>
    /// <param name="fallback">The default, in bytes.</param>
    /// <param name="min">The least that it needs, in bytes.</param>
    public static Option<Given<long>> MemoryOption(long fallback, long min) => Setting.Create(
        "memory", "bytes", "About how much memory to use.", fallback,
        Notation.Number(min, long.MaxValue, $"give at least {min} bytes ({min >> 20} MiB)."));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Database);
        AddTuningTo(command);
    }

    /// <summary>Adds the options that say which index is the catalog's, alone.</summary>
    public void AddIndexTo(Command command)
    {
        command.Options.Add(Index);
        command.Options.Add(CatalogId);
    }

    /// <summary>Adds the options but for the path of the database.</summary>
    public void AddTuningTo(Command command)
    {
        AddIndexTo(command);
        command.Options.Add(_readers);
        command.Options.Add(_cacheSize);
        command.Options.Add(_mmapSize);
        command.Options.Add(_reloadInterval);
    }

    /// <summary>The options as they were given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="database">The path, for a command that has no option for it.</param>
    public CatalogOptions Read(ParseResult parsed, string? database = null)
    {
        var store = new StoreOptions
        {
            Database = database ?? parsed.Value(Database),
            CatalogId = parsed.Value(CatalogId),
            Readers = parsed.Value(_readers),
            CacheSize = parsed.Value(_cacheSize),
            MmapSize = parsed.Value(_mmapSize),
        };
        var index = parsed.Value(Index);
        var search = new SearchOptions
        {
            IndexPath = index.PathFor(store.Database),
            Connections = store.Readers,
            MmapSize = store.MmapSize,
            BuildCommand = IndexCommand.CommandLine(store.Database, index, store.CatalogId),
        };
        return new CatalogOptions(store, search, parsed.Value(_reloadInterval));
    }
}
