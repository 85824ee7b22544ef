using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using MusicMetadata.Sqlite;
using MusicMetadata.SqliteStore.Reading;
using SQLitePCL;

namespace MusicMetadata.Benchmarks;

/// <summary>
/// What the three ways to SQLite cost: a track's row and its credits, read by the prepared statements of a lookup. The catalog is the one
/// that METADATA_API_BENCH_DB names; make one with <c>metadata-api demo</c>.
/// </summary>
[MemoryDiagnoser]
public class SqliteInterfaceBenchmarks
{
    private const int Texts = 3;
    private const int Preview = 8;
    private const long MmapBytes = 2L << 30;

    private Connection _own = null!;
    private Statement _ownTrack = null!;
    private Statement _ownCredits = null!;
    private SqliteConnection _connection = null!;
    private sqlite3_stmt _rawTrack = null!;
    private sqlite3_stmt _rawCredits = null!;
    private SqliteCommand _commandTrack = null!;
    private SqliteCommand _commandCredits = null!;
    private long[] _rowids = null!;
    private int _next;

    [GlobalSetup]
    public void Open()
    {
        var database = Environment.GetEnvironmentVariable("METADATA_API_BENCH_DB") ?? throw new InvalidOperationException(
            "Name a catalog in METADATA_API_BENCH_DB.");
        _own = SqliteFile.OpenForServing(database, 2 << 20, MmapBytes);
        _ownTrack = _own.Prepare(TrackQueries.ByRowid);
        _ownCredits = _own.Prepare(TrackQueries.Artists);

        // As the other: one read transaction, and a memory map.
        _connection = SqliteFile.OpenForReading(database, 2 << 20);
        _connection.Execute($"PRAGMA mmap_size={MmapBytes}; BEGIN; SELECT count(*) FROM sqlite_schema");
        _ = raw.sqlite3_prepare_v3(_connection.Handle, TrackQueries.ByRowid, raw.SQLITE_PREPARE_PERSISTENT, out _rawTrack);
        _ = raw.sqlite3_prepare_v3(_connection.Handle, TrackQueries.Artists, raw.SQLITE_PREPARE_PERSISTENT, out _rawCredits);
        _commandTrack = Command(TrackQueries.ByRowid);
        _commandCredits = Command(TrackQueries.Artists);

        var last = _connection.QueryNumber("SELECT max(rowid) FROM tracks")!.Value;
        var random = new Random(1);
        _rowids = [.. Enumerable.Range(0, 10_000).Select(_ => _connection.QueryNumber("SELECT rowid FROM tracks WHERE rowid >= ?1 LIMIT "
            + "1", random.NextInt64(last))!.Value)];
    }

    [GlobalCleanup]
    public void Close()
    {
        _own.Dispose();
        _rawTrack.Dispose();
        _rawCredits.Dispose();
        _commandTrack.Dispose();
        _commandCredits.Dispose();
        _connection.Dispose();
    }

    [Benchmark(Baseline = true)]
    public long OwnInterop()
    {
        var sum = 0L;
        var rowid = NextRowid();
        using (var rows = _ownTrack.Query(rowid))
        {
            _ = rows.Step();
            for (var column = 0; column <= Preview + 1; column++)
            {
                sum += column is < Texts or Preview ? rows.Text(column).Length : rows.Number(column);
            }
        }

        using var credits = _ownCredits.Query(rowid);
        while (credits.Step())
        {
            sum += credits.Number(0);
        }

        return sum;
    }

    [Benchmark]
    public long SqlitePclRaw()
    {
        var sum = 0L;
        var rowid = NextRowid();
        _ = raw.sqlite3_bind_int64(_rawTrack, 1, rowid);
        _ = raw.sqlite3_step(_rawTrack);
        for (var column = 0; column <= Preview + 1; column++)
        {
            sum += column is < Texts or Preview
                ? raw.sqlite3_column_blob(_rawTrack, column).Length
                : raw.sqlite3_column_int64(_rawTrack, column);
        }

        _ = raw.sqlite3_reset(_rawTrack);
        _ = raw.sqlite3_bind_int64(_rawCredits, 1, rowid);
        while (raw.sqlite3_step(_rawCredits) == raw.SQLITE_ROW)
        {
            sum += raw.sqlite3_column_int64(_rawCredits, 0);
        }

        _ = raw.sqlite3_reset(_rawCredits);
        return sum;
    }

    [Benchmark]
    public long MicrosoftDataSqlite()
    {
        var sum = 0L;
        var rowid = NextRowid();
        _commandTrack.Parameters[0].Value = rowid;
        using (var rows = _commandTrack.ExecuteReader())
        {
            _ = rows.Read();
            for (var column = 0; column <= Preview + 1; column++)
            {
                sum += column is < Texts or Preview ? (rows.IsDBNull(column) ? 0 : rows.GetString(column).Length) : rows.GetInt64(column);
            }
        }

        _commandCredits.Parameters[0].Value = rowid;
        using var credits = _commandCredits.ExecuteReader();
        while (credits.Read())
        {
            sum += credits.GetInt64(0);
        }

        return sum;
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        _ = command.Parameters.Add("?1", SqliteType.Integer);
        command.Parameters[0].Value = 0L;
        command.Prepare();
        return command;
    }

    private long NextRowid() => _rowids[_next++ % _rowids.Length];
}
