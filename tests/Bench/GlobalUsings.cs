global using System.Collections.Immutable;
global using BenchmarkDotNet.Attributes;
global using OrleansGov.Contracts;
global using OrleansGov.Grains;
global using OrleansGov.Line;
global using OrleansGov.Procedures;
