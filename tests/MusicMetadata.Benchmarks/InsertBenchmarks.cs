using System.Globalization;
using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Benchmarks;

/// <summary>Adding a row of <c>tracks</c>, whose values are bytes in UTF-8, to a database in memory.</summary>
[MemoryDiagnoser]
public class InsertBenchmarks
{
    private const int Rows = 10_000;
    private readonly byte[] _text = "A text of twenty-two b"u8.ToArray();
    private SqliteConnection _connection = null!;
    private CatalogSchema.Table _tracks = null!;
    private bool[] _isText = null!;

    [GlobalSetup]
    public void Open()
    {
        _tracks = CatalogSchema.Main.Single(table => table.Name == "tracks");
        _isText = [.. _tracks.Columns.Select(column => column.Type.StartsWith("text", StringComparison.Ordinal))];
        _connection = SqliteFile.OpenForWriting(":memory:");
        _connection.Execute(_tracks.CreateSql);
    }

    [GlobalCleanup]
    public void Close() => _connection.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public void RowInsert()
    {
        _connection.Execute("BEGIN");
        using (var insert = new RowInsert(_connection, _tracks.InsertSql))
        {
            for (var row = 1; row <= Rows; row++)
            {
                for (var i = 0; i < _isText.Length; i++)
                {
                    if (_isText[i])
                    {
                        insert.Bind(i + 1, _text);
                    }
                    else
                    {
                        insert.Bind(i + 1, row);
                    }
                }

                insert.Execute();
            }
        }

        _connection.Execute("ROLLBACK");
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public void SqliteCommand()
    {
        _connection.Execute("BEGIN");
        using (var command = _connection.CreateCommand())
        {
            command.CommandText = "INSERT INTO tracks VALUES "
                + $"({string.Join(", ", _isText.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"?{i + 1}")))})";
            var parameters = _isText.Select(
                (isText, i) => command.Parameters.Add(
                    string.Create(CultureInfo.InvariantCulture, $"?{i + 1}"), isText ? SqliteType.Text : SqliteType.Integer))
                .ToArray();
            for (var row = 1; row <= Rows; row++)
            {
                for (var i = 0; i < parameters.Length; i++)
                {
                    parameters[i].Value = _isText[i] ? System.Text.Encoding.UTF8.GetString(_text) : (long)row;
                }

                _ = command.ExecuteNonQuery();
            }
        }

        _connection.Execute("ROLLBACK");
    }
}
