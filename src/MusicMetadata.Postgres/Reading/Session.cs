using System.Runtime.CompilerServices;
using MusicMetadata.Catalog;
using Npgsql;
using NpgsqlTypes;

namespace MusicMetadata.Postgres.Reading;

/// <summary>
/// Runs the statements of one rental, on one connection as long as it lasts. What fails on one node is tried once more, on another one if
/// there is another: all statements only read.
/// </summary>
internal sealed class Session(CatalogNodes nodes)
{
    /// <summary>A page of a scan, read from a slow disk, may take longer than any lookup.</summary>
    private const int ScanTimeout = 60;

    private NpgsqlConnection? _connection;
    private StrongBox<long>? _roundTrips;
    private ReaderPurpose _purpose;
    private Deadline _deadline;

    /// <summary>Begins a rental.</summary>
    public void Begin(ReaderPurpose purpose, Deadline deadline) => (_purpose, _deadline) = (purpose, deadline);

    /// <summary>Ends it: the connection goes back to the pool.</summary>
    public void End()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters, all of them texts.</param>
    /// <param name="rows">Takes what each row is read to; of a failed attempt, nothing stays in it.</param>
    /// <param name="read">Reads a row.</param>
    /// <exception cref="CatalogException">It failed twice, or the deadline is over.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public async ValueTask RunAsync<T>(string sql, string[] parameters, List<T> rows, Func<NpgsqlDataReader, T> read)
    {
        var before = rows.Count;
        for (var isFirst = true; ; isFirst = false)
        {
            _deadline.ThrowIfOver();
            try
            {
                if (_connection is null)
                {
                    _connection = await nodes.OpenAsync(isFirst, _deadline.Cancellation);
                    _roundTrips = PostgresMetrics.RoundTripsOf(Nodes.NameOf(_connection));
                }

                _ = Interlocked.Increment(ref _roundTrips!.Value);
                await using var command = Create(sql, parameters, isFirst);
                await using var reader = await command.ExecuteReaderAsync(_deadline.Cancellation);
                while (await reader.ReadAsync(_deadline.Cancellation))
                {
                    rows.Add(read(reader));
                }

                return;
            }
            catch (Exception e) when (PostgresFailure.IsOfDatabase(e))
            {
                rows.RemoveRange(before, rows.Count - before);
                End();
                _deadline.ThrowIfOver();
                if (!isFirst)
                {
                    throw PostgresFailure.Unreadable(e);
                }

                PostgresMetrics.CountRetry();
            }
        }
    }

    private NpgsqlCommand Create(string sql, string[] parameters, bool isFirst)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parameter, NpgsqlDbType = NpgsqlDbType.Text });
        }

        // The first attempt leaves time for a second one, on a node that answers; that one has all that is left.
        var seconds = (int)Math.Ceiling(Math.Clamp(_deadline.Remaining.TotalSeconds, 1, ScanTimeout));
        var limit = _purpose == ReaderPurpose.Scan || _deadline.Remaining == Timeout.InfiniteTimeSpan ? ScanTimeout : seconds;
        command.CommandTimeout = isFirst && _purpose == ReaderPurpose.Lookup ? Math.Min(command.CommandTimeout, limit) : limit;
        return command;
    }
}
