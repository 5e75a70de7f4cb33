import Arguments
import Diagnostics
import Filesystem
import Simulator
import Territory
import Warehouse
import Wording

extension Command {
  static let simulate = Command(
    name: "simulate",
    syntax: Syntax(
      ["DIR"],
      [
        .init("scale", "0.1"), .init("seed", "1"), .init("years", "2019-2024"), .init("vintages", "1"),
        .init("territory", "hdf-wallonia|FR-BE|CODE+CODE…"),
      ])
  ) { session, arguments in
    let plan = SimulationPlan(
      territory: arguments["territory"] ?? "hdf-wallonia",
      scale: try arguments.number("scale", in: SimulationPlan.scales) ?? SimulationPlan.usualScale,
      seed: UInt64(try arguments.integer("seed", in: 0...Int.max) ?? 1),
      years: try years(arguments, "years", in: 1990...2100) ?? 2019...2024,
      vintages: try arguments.integer("vintages", in: 1...50) ?? 1)
    let bar = ProgressBar(session.words)
    // What became of French communes is known where an observatory has imported it; only older stocks look at that.
    let history = plan.vintages > 1 ? try session.observatoryIfThere(arguments) : nil
    try simulate(session, plan, history: history, to: arguments.words[0]) {
      bar.update(session.words("demo.simulating"), $0)
    }
    bar.finishLine()
    try Output.line(session.words("simulate.done", ["folder": arguments.words[0]]))
    return 0
  }

  /// Fills the folder and returns the files that are now in it.
  @discardableResult
  static func simulate(
    _ session: Session, _ plan: SimulationPlan, history: Observatory? = nil, to folder: String,
    progress: (Double) -> Void
  ) throws -> [SimulatedFile] {
    let book = try session.territories(history)
    return try Simulation(
      plan, communes: book.communes, histories: book.histories, former: book.former, share: session.installation.share
    ).write(to: folder) { progress($1) }
  }
}
