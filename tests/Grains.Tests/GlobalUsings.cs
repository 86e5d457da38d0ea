global using System.Collections.Immutable;
global using OrleansGov.Contracts;
global using OrleansGov.Procedures;
