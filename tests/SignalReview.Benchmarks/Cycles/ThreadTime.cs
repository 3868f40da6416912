using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SignalReview.Benchmarks.Cycles;

/// <summary>
/// Processor time of the current thread where the system tells it (Linux); elsewhere the clock, which counts waiting too and so never too little.
/// </summary>
internal static partial class ThreadTime
{
    private const int ThreadProcessorClock = 3; // CLOCK_THREAD_CPUTIME_ID

    public static TimeSpan Now =>
        OperatingSystem.IsLinux() && ClockGetTime(ThreadProcessorClock, out var time) == 0
            ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick))
            : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
