import Tabular
import Wording

/// One line that moves on a terminal, with the time left; a plain line a step elsewhere.
final class ProgressBar {
  private let words: Words
  private let clock = ContinuousClock()
  private var label = ""
  private var started: ContinuousClock.Instant
  private var drawn: ContinuousClock.Instant

  init(_ words: Words) {
    self.words = words
    started = clock.now
    drawn = started
  }

  /// What stops the work is told at the beginning of a line, not behind a bar that moves no more.
  deinit { if !label.isEmpty, Terminal.isInteractive { Terminal.draw("") } }

  func update(_ step: String, _ fraction: Double) {
    let step = step.printable
    let now = clock.now
    if step != label {
      finishLine()
      label = step
      started = now
      drawn = now - .seconds(1)
    }
    guard Terminal.isInteractive, now - drawn > .milliseconds(80) else { return }
    drawn = now
    let elapsed = Self.seconds(now - started)
    let left = fraction > 0.02 && elapsed > 1 ? elapsed / fraction * (1 - fraction) : nil
    let time = left.map { words("progress.left", ["seconds": words.number(Int($0.rounded(.up)))]) } ?? ""
    Terminal.draw(Self.line(label, fraction, time, width: Terminal.width - 1))
  }

  /// The label has the room that it needs, and the bar gives way; only on a narrow terminal is anything cut.
  static func line(_ label: String, _ fraction: Double, _ time: String, width: Int) -> String {
    let fraction = min(1, max(0, fraction))
    let end = "\(Int(fraction * 100)) % \(time)"
    let room = width - end.count - 2
    let label = label.shortened(to: max(8, room - 8)).padded(to: labels)
    let length = min(24, max(0, room - label.count))
    let filled = Int((fraction * Double(length)).rounded())
    let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: length - filled)
    return "\(label) \(bar) \(end)".shortened(to: width)
  }

  /// Where the bars of most steps begin, one under the other.
  private static let labels = 34

  /// Ends the line of the step under way.
  func finishLine() {
    guard !label.isEmpty else { return }
    let elapsed = Self.seconds(clock.now - started)
    let done = words("progress.done", ["seconds": words.number(elapsed, decimals: 1)])
    let text = label.padded(to: Self.labels) + " " + done
    if Terminal.isInteractive { Terminal.draw("") }
    Terminal.say(text)
    label = ""
  }

  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }
}

extension String {
  func shortened(to width: Int) -> String { count <= width ? self : String(prefix(max(0, width - 1))) + "…" }
}

extension Terminal {
  /// Writes over the present line.
  static func draw(_ text: String) { write("\r\u{1b}[2K" + text) }
}
