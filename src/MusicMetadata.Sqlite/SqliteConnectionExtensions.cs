using Microsoft.Data.Sqlite;

namespace MusicMetadata.Sqlite;

/// <summary>
/// Whole questions and answers in one call, with the exception that the rest of the program knows. Values are those of the parameters
/// <c>?1</c>, <c>?2</c> and so on.
/// </summary>
public static class SqliteConnectionExtensions
{
    /// <summary>Runs one or more statements, separated by semicolons, and ignores the rows they answer.</summary>
    /// <exception cref="SqliteException">A statement failed; the ones before it have taken effect.</exception>
    public static void Execute(this SqliteConnection connection, string sql, params object[] values) =>
        _ = Run(connection, sql, values, command => command.ExecuteNonQuery());

    /// <summary>The first column of the first row of a query, as a number; null when there is no row or the value is NULL.</summary>
    /// <exception cref="SqliteException">The query failed.</exception>
    public static long? QueryNumber(this SqliteConnection connection, string sql, params object[] values) =>
        Run(connection, sql, values, command =>
        {
            using var rows = command.ExecuteReader();
            return rows.Read() && !rows.IsDBNull(0) ? rows.GetInt64(0) : (long?)null;
        });

    /// <summary>The first column of the first row of a query, as text; null when there is no row or the value is NULL.</summary>
    /// <exception cref="SqliteException">The query failed.</exception>
    public static string? QueryText(this SqliteConnection connection, string sql, params object[] values) =>
        Run(connection, sql, values, command =>
        {
            using var rows = command.ExecuteReader();
            return rows.Read() && !rows.IsDBNull(0) ? rows.GetString(0) : null;
        });

    /// <summary>The first column of every row of a query, as text; NULL is empty.</summary>
    /// <exception cref="SqliteException">The query failed.</exception>
    public static List<string> QueryTexts(this SqliteConnection connection, string sql, params object[] values) =>
        Run(connection, sql, values, command =>
        {
            using var rows = command.ExecuteReader();
            var texts = new List<string>();
            while (rows.Read())
            {
                texts.Add(rows.IsDBNull(0) ? "" : rows.GetString(0));
            }

            return texts;
        });

    private static T Run<T>(SqliteConnection connection, string sql, object[] values, Func<SqliteCommand, T> run)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                _ = command.Parameters.AddWithValue($"?{i + 1}", values[i]);
            }

            return run(command);
        }
        catch (Microsoft.Data.Sqlite.SqliteException e)
        {
            throw SqliteException.From(e, connection.DataSource);
        }
    }
}
