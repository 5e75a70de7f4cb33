import Arguments

/// One command: its name, what may follow it, and what it does. The words for it are in share/lang.
struct Command: Sendable {
  let name: String
  let syntax: Syntax
  let run: @Sendable (Session, Arguments) throws -> Int32

  /// In the order of the help: the order in which a newcomer needs them.
  static let all: [Command] = [
    demo, initialise, simulate, preview, importSource, build, review, check, find, sheet, explain, perimeters,
    territories, tables, table, indicators, changes, compare, reconcile, outlines, export, doctor,
  ]

  /// Options that every command takes (`--lang` is taken before).
  static let common: [Syntax.Option] = [
    .init("observatory", "DIR"), .init("lang", "fr|nl|en"), .init("help"),
  ]
}
