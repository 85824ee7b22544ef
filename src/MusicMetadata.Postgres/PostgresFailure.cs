using MusicMetadata.Catalog;
using Npgsql;

namespace MusicMetadata.Postgres;

/// <summary>Says what went wrong with a database in one line: for the operator who starts something, and for the log of a server.</summary>
internal static class PostgresFailure
{
    /// <summary>Whether an exception tells of the database or the way to it, and not of this program.</summary>
    public static bool IsOfDatabase(Exception e) => e is NpgsqlException or IOException or TimeoutException;

    /// <summary>What clients are told, and the log: a request could not be answered.</summary>
    public static CatalogException Unreadable(Exception e) =>
        new(CatalogFault.Unreadable, "The catalog could not be read.", Describe(e));

    /// <summary>What the operator is told who named the database.</summary>
    /// <param name="address">The database.</param>
    /// <param name="e">What it met.</param>
    public static OperatorException Unusable(PostgresAddress address, Exception e) =>
        new($"{address} cannot be used: {Describe(e)}");

    /// <summary>What an exception says, in one line, with what to do where that is known.</summary>
    public static string Describe(Exception e)
    {
        var cause = CauseOf(e);
        var text = cause is PostgresException postgres ? postgres.MessageText : cause.Message;
        return Sentence(text.ReplaceLineEndings(" ")) + RemedyFor(cause);
    }

    /// <summary>What lies behind the exceptions that only say that something failed; of several hosts, what the last one said.</summary>
    private static Exception CauseOf(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => CauseOf(last),
        NpgsqlException { InnerException: { } inner } when e is not PostgresException => CauseOf(inner),
        _ => e,
    };

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

    private static string RemedyFor(Exception cause) => cause switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            " Give the password in the file that PGPASSFILE names, or in PGPASSWORD.",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } =>
            " Raise max_connections, or give the servers fewer readers.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => " Grant the user what it lacks.",
        System.Security.Authentication.AuthenticationException => " See sslmode and sslrootcert in the address.",
        System.Net.Sockets.SocketException => " Check host and port, and that the server runs.",
        TimeoutException => " The server did not answer in time.",
        _ => "",
    };
}
