import Glibc

/// What libFuzzer calls with each input; ESSOR_FUZZ says which reader is tried.
///
/// A reader may refuse an input with a `Problem`. It may not crash, read beyond its memory, or contradict
/// another implementation of the same thing: those end the run.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  attempt(Array(UnsafeBufferPointer(start: data, count: count)))
  return 0
}

private let attempt: @Sendable ([UInt8]) -> Void =
  switch getenv("ESSOR_FUZZ").map({ String(cString: $0) }) {
  case "zip": tryZip
  case "gzip": tryGzip
  case "table": tryTable
  case "number": tryNumber
  default: preconditionFailure("ESSOR_FUZZ names no target")
  }
