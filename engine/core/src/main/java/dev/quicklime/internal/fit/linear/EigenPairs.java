package dev.quicklime.internal.fit.linear;

import dev.quicklime.InvalidInputException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix without negative eigenvalues.
 *
 * @param values in no order
 * @param vectors of unit length, in the order of the values
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from one method to the next.
public record EigenPairs(double[] values, double[][] vectors) {

  /**
   * Finds them. The QR algorithm does not always come to an end where most eigenvalues are 0, as
   * for two rows of many columns; singular values do, and are the same for such a matrix.
   *
   * @param matrix is written to
   * @throws InvalidInputException if they cannot be found
   */
  public static EigenPairs of(DMatrixRMaj matrix) {
    int size = matrix.getNumRows();
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
    DMatrixRMaj kept = matrix.copy();
    if (!eigen.decompose(matrix)) {
      return ofSingularValues(kept);
    }
    double[] values = new double[size];
    double[][] vectors = new double[size][];
    for (int i = 0; i < size; i++) {
      values[i] = eigen.getEigenvalue(i).getReal();
      vectors[i] = eigen.getEigenVector(i).getData();
    }
    return new EigenPairs(values, vectors);
  }

  private static EigenPairs ofSingularValues(DMatrixRMaj matrix) {
    int size = matrix.getNumRows();
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(size, size, false, true, true);
    if (!svd.decompose(matrix)) {
      throw new InvalidInputException("the masks' products have no eigenvalues");
    }
    DMatrixRMaj rows = svd.getV(null, true);
    double[][] vectors = new double[size][size];
    for (int i = 0; i < size; i++) {
      System.arraycopy(rows.getData(), i * size, vectors[i], 0, size);
    }
    return new EigenPairs(svd.getSingularValues(), vectors);
  }
}
