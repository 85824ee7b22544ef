using MusicMetadata.Catalog;
using MusicMetadata.Search.Blocks;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search;

/// <summary>An open index file, for as many searches at once as there are readers.</summary>
/// <remarks>
/// Who searches holds a reader of the catalog already, so with a connection for each reader nobody waits for two things. All of them are
/// opened at once: later another file may lie at the path, or no descriptor be left.
/// </remarks>
internal sealed class SearchIndex : IDisposable
{
    /// <summary>
    /// Bytes of page cache for a connection: the inner pages of its trees. Blocks are read once in a search, and the kernel keeps what is
    /// asked for often.
    /// </summary>
    private const long CacheSize = 512 << 10;

    // Last in, first out, so that few have their cache filled under little load.
    private readonly Stack<Reader> _idle = [];
    private bool _isRetired;

    private SearchIndex(string path, CatalogIdentity source, SearchOptions options)
    {
        try
        {
            for (var i = 0; i < options.Connections; i++)
            {
                var connection = SqliteFile.OpenForServing(path, CacheSize, options.MmapSize);
                _idle.Push(new Reader(this, connection));
                if (!IndexFile.BelongsTo(connection, source))
                {
                    throw new InvalidDataException("it was replaced by the index of another database while it was opened");
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Opens the index of a catalog.</summary>
    /// <param name="path">The file, which exists.</param>
    /// <param name="source">The identity of the catalog that it must belong to.</param>
    /// <param name="options">How files are opened.</param>
    /// <param name="index">The index, unless there is a reason why not.</param>
    /// <returns>Why the file cannot be used, as the second half of a sentence; null when it is open.</returns>
    public static string? TryOpen(string path, CatalogIdentity source, SearchOptions options, out SearchIndex? index)
    {
        index = null;
        try
        {
            if (IndexFile.FindProblem(path, source) is { } reason)
            {
                return reason;
            }

            index = new SearchIndex(path, source, options);
            return null;
        }
        catch (SqliteException e)
        {
            return $"it cannot be opened ({e.Detail})";
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }

    /// <summary>Rents a reader to whoever has one of the catalog; null when the index has been closed.</summary>
    public Reader? TryRent()
    {
        lock (_idle)
        {
            return _isRetired ? null : _idle.Pop();
        }
    }

    /// <summary>Closes the file as soon as the searches that are under way have ended.</summary>
    public void Dispose()
    {
        lock (_idle)
        {
            _isRetired = true;
            while (_idle.TryPop(out var reader))
            {
                reader.Close();
            }
        }
    }

    private void Return(Reader reader)
    {
        lock (_idle)
        {
            if (_isRetired)
            {
                reader.Close();
            }
            else
            {
                _idle.Push(reader);
            }
        }
    }

    /// <summary>A connection with its statements, rented by one search at a time.</summary>
    internal sealed class Reader : IDisposable
    {
        private readonly Connection _connection;
        private readonly Dictionary<Entity, TableSearch> _tables;

        /// <summary>Prepares all statements.</summary>
        /// <exception cref="SqliteException">The file lacks a table.</exception>
        public Reader(SearchIndex index, Connection connection)
        {
            Index = index;
            _connection = connection;
            try
            {
                _tables = IndexTable.All.ToDictionary(table => table.Entity, table => new TableSearch(connection, table));
                Blocks = new BlockSearch(connection);
                HasTerms = IndexFile.HasTerms(connection);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        /// <summary>What it is a connection to.</summary>
        public SearchIndex Index { get; }

        /// <summary>The search for candidates of matching.</summary>
        public BlockSearch Blocks { get; }

        /// <summary>Whether it can be searched by terms.</summary>
        public bool HasTerms { get; }

        /// <summary>The search of an entity's names.</summary>
        public TableSearch this[Entity entity] => _tables[entity];

        /// <summary>Returns it.</summary>
        public void Dispose() => Index.Return(this);

        /// <summary>Closes the connection.</summary>
        public void Close()
        {
            Blocks.Dispose();
            _connection.Dispose();
        }
    }
}
