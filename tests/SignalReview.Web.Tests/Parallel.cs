// A fixture has a host and tabs of its own, so that two can run at once. Whoever kills processes or says how soon something must be there is
// [NonParallelizable].
[assembly: Parallelizable(ParallelScope.Fixtures)]
