// Each test has an office of its own; one at a time leaves it the machine, so that times mean something.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
