global using Orleans.Runtime;
global using Orleans.Storage;
global using OrleansGov.Contracts;
global using OrleansGov.Silo.Embedded;
global using OrleansGov.Silo.States;
