import onnx, numpy as np
from onnx import helper as h, TensorProto as T, numpy_helper as nh
w=np.zeros((2,3),np.float32); w[0]=[.5,-.25,.125]; w[1]=[-1,.5,2]
def linear(path, itype=T.FLOAT, shape=('N',3,32,32)):
    inits=[nh.from_array(w.T.copy(),'w'),nh.from_array(np.array([.5,-.5],np.float32),'b')]
    nodes=[h.make_node('GlobalAveragePool',['x'],['p']),h.make_node('Flatten',['p'],['f']),h.make_node('MatMul',['f','w'],['m']),h.make_node('Add',['m','b'],['logits'])]
    g=h.make_graph(nodes,'g',[h.make_tensor_value_info('x',itype,shape)],[h.make_tensor_value_info('logits',T.FLOAT,(shape[0],2))],inits)
    m=h.make_model(g,opset_imports=[h.make_opsetid('',17)],ir_version=8)
    onnx.checker.check_model(m); onnx.save(m,path)
linear('linear.onnx')
