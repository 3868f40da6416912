// A fixture has a database, a clock and a folder of its own, so that two can run at once. Whoever measures, races against the clock or changes the
// process itself says [NonParallelizable].
[assembly: Parallelizable(ParallelScope.Fixtures)]
