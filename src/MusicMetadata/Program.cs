using MusicMetadata.Catalog;
using MusicMetadata.Commands;

try
{
    var parsed = CommandLine.Create().Parse(args, new() { EnablePosixBundling = false });
    if (parsed.Errors.Count > 0)
    {
        await Console.Error.WriteLineAsync($"metadata-api: {parsed.Errors[0].Message} See metadata-api -h.");
        return 2;
    }

    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (OperatorException e)
{
    await Console.Error.WriteLineAsync("metadata-api: " + e.Message);
    return 1;
}
