del ,
