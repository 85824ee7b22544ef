using Npgsql;

namespace MusicMetadata.Postgres.Reading;

/// <summary>Reading columns.</summary>
internal static class RowExtensions
{
    /// <summary>A text as UTF-8, as it came; empty for NULL.</summary>
    public static byte[] Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? [] : row.GetFieldValue<byte[]>(column);
}
