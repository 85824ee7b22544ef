using System.CommandLine;
using MusicMetadata.SqliteStore;

namespace MusicMetadata.Commands;

/// <summary>The options that every command with a catalog has.</summary>
internal sealed class StoreSettings
{
    private static readonly StoreOptions Defaults = new() { Database = CatalogFiles.MainName };

    private readonly Option<string> _database = Setting.Create("db", "file", "Path of main_database.sqlite3; track_files.sqlite3 is found beside it.", Defaults.Database);
    private readonly Option<string> _index = Setting.Create("index", "file|off", "Path of the search index; search_index.sqlite3 beside the database unless given.", Defaults.Index);
    private readonly Option<string> _catalogId = Setting.Create("catalog-id", "id", "What to call the catalog, in entity tags and to its search index, instead of a hash of the files.", Defaults.CatalogId);
    private readonly Option<int> _readers = Setting.Create("readers", "n", "Requests that read the files at once.", Defaults.Readers);
    private readonly Option<long> _cacheSize = Setting.Create("cache-size", "bytes", "Page cache per reader and file.", Defaults.CacheSize);
    private readonly Option<long> _mmapSize = Setting.Create("mmap-size", "bytes", "How much of each file is read through a memory map; 0 for none.", Defaults.MmapSize);
    private readonly Option<int> _watch = Setting.Create("watch", "seconds", "How often to look for new database files and reload; 0 for never, SIGHUP always works.", 0);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_database);
        AddTuningTo(command);
    }

    /// <summary>The path of the main database.</summary>
    public Option<string> Database => _database;

    /// <summary>Where the search index is.</summary>
    public Option<string> Index => _index;

    /// <summary>What the catalog is called.</summary>
    public Option<string> CatalogId => _catalogId;

    /// <summary>Adds the options that say which index is the catalog's, alone.</summary>
    public void AddIndexTo(Command command)
    {
        command.Options.Add(_index);
        command.Options.Add(_catalogId);
    }

    /// <summary>Adds the option for the path alone.</summary>
    public void AddDatabaseTo(Command command) => command.Options.Add(_database);

    /// <summary>Adds the options but for the path of the database.</summary>
    public void AddTuningTo(Command command)
    {
        AddIndexTo(command);
        command.Options.Add(_readers);
        command.Options.Add(_cacheSize);
        command.Options.Add(_mmapSize);
        command.Options.Add(_watch);
    }

    /// <summary>The options as they were given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="database">The path, for a command that has no option for it.</param>
    public StoreOptions Read(ParseResult parsed, string? database = null) => new()
    {
        Database = database ?? parsed.GetValue(_database)!,
        Index = parsed.GetValue(_index)!,
        CatalogId = parsed.GetValue(_catalogId)!,
        Readers = parsed.GetValue(_readers),
        CacheSize = parsed.GetValue(_cacheSize),
        MmapSize = parsed.GetValue(_mmapSize),
        Watch = TimeSpan.FromSeconds(parsed.GetValue(_watch)),
    };
}
