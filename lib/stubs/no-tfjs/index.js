// danfojs says `data instanceof tf.Tensor` in every constructor, so the class must exist.
// Everything else of tfjs is float32 arithmetic that gives wrong results on epoch times
// (1.7e12 + 123 - 1.7e12 = 0): calling it has to fail by name rather than run.
class Tensor {}
const gone = (name) => () => {
  throw new Error(
    `${name} needs TensorFlow, which banbook leaves out: compute on plain arrays or in SQL instead`,
  );
};
module.exports = {
  Tensor,
  tensor: gone('tensor'),
  tensor1d: gone('tensor1d'),
  tensor2d: gone('tensor2d'),
  data: { csv: gone('data.csv') },
};
