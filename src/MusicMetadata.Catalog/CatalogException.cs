namespace MusicMetadata.Catalog;

/// <summary>Why a store could not answer.</summary>
public enum CatalogFault
{
    /// <summary>All readers stayed busy for as long as a request may wait, or too many requests wait already.</summary>
    Busy,

    /// <summary>A database file could not be read: damaged, cut short, gone, or an I/O error.</summary>
    Unreadable,

    /// <summary>The query took longer than it may.</summary>
    TookTooLong,
}

/// <summary>A store could not answer, for a reason that is not the client's.</summary>
/// <param name="fault">What happened, which decides the status code.</param>
/// <param name="message">A sentence for clients: names no file, statement or number of the machine.</param>
/// <param name="detail">What the store met, for the log.</param>
public class CatalogException(CatalogFault fault, string message, string? detail = null) : Exception(message)
{
    /// <summary>What happened.</summary>
    public CatalogFault Fault { get; } = fault;

    /// <summary>What the store met, for the log and for whoever runs the program.</summary>
    public string Detail { get; } = detail ?? message;

    /// <summary>What clients are told when all readers are busy.</summary>
    public const string BusyMessage = "The server has more to do than it can. Try again in a moment.";

    /// <summary>All readers are busy.</summary>
    public static CatalogException Busy() => new(CatalogFault.Busy, BusyMessage);

    /// <summary>The time of a request is up.</summary>
    public static CatalogException TookTooLong() => new(CatalogFault.TookTooLong, "The query took too long.");

    /// <summary>What any exception has to tell whoever runs the program.</summary>
    public static string DetailOf(Exception e) => e is CatalogException catalog ? catalog.Detail : e.Message;
}
