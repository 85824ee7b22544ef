namespace MusicMetadata.Catalog;

/// <summary>
/// Something that only whoever runs the program can mend: a wrong option, a missing file. The message is the one line printed before the
/// program ends, so it says what is wrong and what to do.
/// </summary>
public sealed class OperatorException(string message) : Exception(message);
