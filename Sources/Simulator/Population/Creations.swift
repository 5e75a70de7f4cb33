import Diagnostics
import Tabular

/// When units were created, as a curve from 0 (the oldest) to 1 (the youngest), and how many of
/// each time remain.
struct Creations: BitwiseCopyable {
  private static let steps = 4096

  /// The day at each step of the curve, and one more at its end.
  private let days: UnsafePointer<Int32>
  private let survival: UnsafePointer<Double>

  /// `end` is the day of the register: the table is cut there, or its last period drawn out.
  init(_ path: String, until end: Int, arena: Arena) throws {
    let table = try DeclaredTable(
      path, columns: ["from", "to", "weight", "survival"], properties: ["id", "source"])
    var periods: [(from: Int, to: Int, weight: Double, survival: Double)] = []
    for entry in table.entries {
      guard let from = DayTable.day(entry["from"]), let to = DayTable.day(entry["to"]), from < to
      else {
        throw table.problem(
          "simulate.bad_number", entry,
          ["column": "from, to", "value": "\(entry["from"]), \(entry["to"])"])
      }
      periods.append(
        (
          from, to, try entry.number("weight", in: table),
          try entry.number("survival", in: table)
        ))
    }
    periods.removeAll { $0.from >= end - 1 }
    guard let last = periods.last else {
      throw Problem("simulate.no_profile", at: Place(file: path), ["group": "from, to"])
    }
    periods[periods.count - 1].to = end - 1
    periods[periods.count - 1].weight *= Double(end - 1 - last.from) / Double(last.to - last.from)
    let total = periods.reduce(0) { $0 + $1.weight }
    var days: [Int32] = []
    var survival: [Double] = []
    var position = 0
    var before = 0.0
    for step in 0...Self.steps {
      let wanted = total * Double(step) / Double(Self.steps)
      while position < periods.count - 1, before + periods[position].weight < wanted {
        before += periods[position].weight
        position += 1
      }
      let period = periods[position]
      let share = period.weight > 0 ? min(1, (wanted - before) / period.weight) : 0
      days.append(Int32(Double(period.from) + Double(period.to - period.from) * share))
      survival.append(period.survival)
    }
    self.days = arena.keep(days)
    self.survival = arena.keep(survival)
  }

  /// A day of creation, for a place on the curve from 0 up to 1.
  func day(at share: Double) -> (day: Int, survival: Double) {
    let place = share * Double(Self.steps)
    let step = min(Self.steps - 1, Int(place))
    let from = Double(days[step])
    let day = Int(from + (Double(days[step + 1]) - from) * (place - Double(step)))
    return (day, survival[step])
  }
}
