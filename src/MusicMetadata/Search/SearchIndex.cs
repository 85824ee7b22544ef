using System.Collections.Concurrent;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search;

/// <summary>An open index file, for as many searches at once as there are readers.</summary>
/// <remarks>
/// Who searches holds a reader of the catalog already, whose number is bounded. So a connection to the index can be opened when none is
/// idle, there will never be more than readers, and nobody waits for two things.
/// </remarks>
/// <param name="path">A file that <see cref="IndexFile.WhyNot"/> has nothing against.</param>
/// <param name="fingerprint">Of the catalog that it belongs to.</param>
/// <param name="options">How files are opened.</param>
internal sealed class SearchIndex(string path, string fingerprint, StoreOptions options) : IDisposable
{
    /// <summary>
    /// Bytes of page cache for a connection: the inner pages of its trees. Chunks are read once in a search, and the kernel keeps what is asked for often.
    /// </summary>
    private const long CacheSize = 512 << 10;

    private readonly ConcurrentBag<Session> _idle = [];
    private volatile bool _retired;

    /// <summary>Lends a connection.</summary>
    /// <exception cref="SqliteException">The file cannot be opened, or lacks a table.</exception>
    /// <exception cref="InvalidDataException">Meanwhile the index of another catalog lies at the path.</exception>
    public Session Rent()
    {
        if (_idle.TryTake(out var session))
        {
            return session;
        }

        var connection = Connection.OpenImmutable(path, CacheSize, options.MmapSize);
        if (!IndexFile.BelongsTo(connection, fingerprint))
        {
            connection.Dispose();
            throw new InvalidDataException("it was replaced by the index of another database");
        }

        return new Session(this, connection);
    }

    /// <summary>Closes the file as soon as the searches that are under way have ended.</summary>
    public void Dispose()
    {
        _retired = true;
        CloseIdle();
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var session))
        {
            session.Close();
        }
    }

    /// <summary>A connection with its statements, lent to one search at a time.</summary>
    internal sealed class Session : IDisposable
    {
        private readonly SearchIndex _index;
        private readonly Connection _connection;
        private readonly Dictionary<Catalog.Entity, TableSearch> _tables;

        /// <summary>Prepares all statements.</summary>
        public Session(SearchIndex index, Connection connection)
        {
            _index = index;
            _connection = connection;
            try
            {
                _tables = SourceTable.All.ToDictionary(table => table.Entity, table => new TableSearch(connection, table));
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        /// <summary>The search of an entity's names.</summary>
        public TableSearch this[Catalog.Entity entity] => _tables[entity];

        /// <summary>Gives it back.</summary>
        public void Dispose()
        {
            _index._idle.Add(this);
            if (_index._retired)
            {
                // Perhaps nobody else comes after this one.
                _index.CloseIdle();
            }
        }

        /// <summary>Closes the connection.</summary>
        public void Close() => _connection.Dispose();
    }
}
