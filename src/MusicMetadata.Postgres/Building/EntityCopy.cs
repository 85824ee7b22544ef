using System.Globalization;
using MusicMetadata.Catalog;
using Npgsql;

namespace MusicMetadata.Postgres.Building;

/// <summary>Copies the rows of an entity, while the next ones are read. Each piece is a transaction, with how far it goes.</summary>
internal sealed class EntityCopy(ICatalogReader reader, NpgsqlConnection connection, IWorkProgress progress, CancellationToken cancellation)
{
    /// <summary>Rows of a piece: what is copied again at most after a kill, and some 20 MB of memory.</summary>
    private const int RowsAtOnce = 20_000;

    private readonly CatalogPieces _pieces = new(reader);
    private Piece _filling = new();
    private Piece _sending = new();

    /// <summary>Texts that had to be changed.</summary>
    public long Mended => _filling.Mended + _sending.Mended;

    /// <summary>Copies what is not there yet.</summary>
    /// <param name="entity">What to copy.</param>
    /// <param name="table">Its table.</param>
    public async Task RunAsync(Entity entity, string table)
    {
        var (last, done) = await FindProgressAsync(table);
        var extent = await reader.MeasureAsync(entity);
        using var stage = progress.Begin(table + "s", extent.EstimatedCount);
        var sent = Task.CompletedTask;
        while (true)
        {
            // Both have ended whatever becomes of one of them: the connection is closed next.
            var filled = FillAsync(entity, last);
            await Task.WhenAll(filled, sent);
            var next = await filled;
            if (_filling.Rows.Rows == 0)
            {
                break;
            }

            done += _filling.Rows.Rows;
            last = next;
            (_filling, _sending) = (_sending, _filling);
            sent = SendAsync(_sending, table, last, done);
            stage.Advance(done);
        }

        stage.Advance(done);
    }

    /// <summary>Reads the next piece; returns its last key.</summary>
    private async Task<CatalogKey> FillAsync(Entity entity, CatalogKey after)
    {
        _filling.Rows.Begin();
        _filling.Links.Begin();
        while (_filling.Rows.Rows < RowsAtOnce)
        {
            var next = await _pieces.WriteNextAsync(entity, after, _filling.Rows, _filling.Links);
            if (next.IsNone)
            {
                break;
            }

            after = next;
        }

        return after;
    }

    private async Task SendAsync(Piece piece, string table, CatalogKey last, long rows)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CopyAsync(table, piece.Rows);
        if (piece.Links.Rows > 0)
        {
            await CopyAsync("artist_album", piece.Links);
        }

        await using var command = new NpgsqlCommand(
            string.Create(CultureInfo.InvariantCulture, $"""
                insert into loaded (entity, last_key, row_count) values ('{table}', {last.Value}, {rows})
                on conflict (entity) do update set last_key = excluded.last_key, row_count = excluded.row_count
                """),
            connection,
            transaction);
        await command.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task CopyAsync(string table, CopyWriter rows)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", cancellation);
        await copy.WriteAsync(rows.End(), cancellation);
    }

    private async Task<(CatalogKey Last, long Done)> FindProgressAsync(string table)
    {
        await using var command = new NpgsqlCommand($"select last_key, row_count from loaded where entity = '{table}'", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        return await rows.ReadAsync(cancellation) ? (new CatalogKey(rows.GetInt64(0)), rows.GetInt64(1)) : (CatalogKey.None, 0);
    }

    private sealed class Piece
    {
        public CopyWriter Rows { get; } = new();

        public CopyWriter Links { get; } = new();

        public long Mended => Rows.Mended + Links.Mended;
    }
}
