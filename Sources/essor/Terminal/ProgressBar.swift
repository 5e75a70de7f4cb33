import Tabular
import Wording

/// One line that moves on a terminal, with the time left; a plain line a step elsewhere.
final class ProgressBar {
  private let words: Words
  private let clock = ContinuousClock()
  private var label = ""
  private var started: ContinuousClock.Instant
  private var drawn: ContinuousClock.Instant
  private let begun: ContinuousClock.Instant

  init(_ words: Words) {
    self.words = words
    started = clock.now
    drawn = started
    begun = started
  }

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
    let filled = Int((min(1, max(0, fraction)) * 24).rounded())
    let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: 24 - filled)
    let time = left.map { words("progress.left", ["seconds": words.number(Int($0.rounded(.up)))]) } ?? ""
    let text = "\(label.shortened(to: 34).padded(to: 34)) \(bar) \(Int(fraction * 100)) % \(time)"
    Terminal.draw(text.shortened(to: Terminal.width - 1))
  }

  /// Ends the line of the step under way.
  func finishLine() {
    guard !label.isEmpty else { return }
    let elapsed = Self.seconds(clock.now - started)
    let text =
      "\(label.shortened(to: 34).padded(to: 34)) \(words("progress.done", ["seconds": words.number(elapsed, decimals: 1)]))"
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
