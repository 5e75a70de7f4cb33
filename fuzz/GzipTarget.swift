/// Any bytes as gzip, or as deflate without a checksum to stop most of them: what is read does not depend on the
/// pieces in which it comes and goes.
func tryGzip(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  let packed = Array(bytes.dropFirst())
  let wrapping: InflatingStream.Wrapping = first & 1 == 0 ? .gzip : .raw
  let step = [1, 2, 3, 7][Int(first >> 1 & 3)]
  let piece = [1, 5, 64, 1 << 16][Int(first >> 3 & 3)]
  precondition(outcome(packed, wrapping) == outcome(packed, wrapping, step: step, piece: piece))
}

private enum Outcome: Equatable {
  case text([UInt8])
  case refused(String)
}

/// What comes of a stream; at a refusal, how much was handed over before depends on the pieces.
private func outcome(
  _ packed: [UInt8], _ wrapping: InflatingStream.Wrapping, step: Int = .max, piece: Int = 1 << 16
) -> Outcome {
  let source = MemoryStream(packed, step: step)
  var text: [UInt8] = []
  do {
    _ = try readToEnd(InflatingStream(source, wrapping, at: source.place), piece: piece) { text += $0 }
    return .text(text)
  } catch let problem as Problem {
    return .refused(problem.code)
  } catch { preconditionFailure("only problems are thrown") }
}
